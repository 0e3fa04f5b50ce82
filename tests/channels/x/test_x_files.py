"""Files on X: what posts and messages refer to, where it is fetched, and how ours are brought."""

import json
from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, OutgoingFile, Raw, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.x.channel import X
from chalicelib.channels.x.files import address_of, media_of
from chalicelib.domain.media import Media
from chalicelib.errors import ChannelRefused, ChannelUnavailable
from infra.fakes.client import Fakes
from infra.fakes.x_media import BRINGING
from tests.channels import sending
from tests.channels.x.test_x_send import SECRETS, SETTINGS, SIGNING
from tests.conftest import BEGIN
from tests.pictures import PDF, photo

SHOT = photo(size=(320, 240))


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"x": f"{fakes.url}/x"}, timeout_seconds=1.0)


def fetched(http: Http, media: Media, secrets: Secrets = SECRETS) -> bytes:
    return X().fetch_media(media, SETTINGS, secrets, http).body


def of_ours(body: bytes = SHOT, mime: str = "image/jpeg") -> OutgoingFile:
    return OutgoingFile(kind="image", name="plek.jpg", mime=mime, body=body)


def test_a_film_is_the_best_that_is_whole() -> None:
    pieces = {"content_type": "application/x-mpegURL", "url": "https://video.twimg.com/a.m3u8"}
    films = [
        {"content_type": "video/mp4", "bit_rate": rate, "url": f"https://video.twimg.com/{rate}"}
        for rate in (256_000, 2_176_000, 832_000)
    ]
    described = {"type": "video", "variants": [pieces, *films]}
    assert address_of(described) == "https://video.twimg.com/2176000"


def test_a_file_of_an_unknown_sort_is_counted_and_not_referred_to() -> None:
    post = {"id": "1", "attachments": {"media_keys": ["99_1", "3_2", "3_2"]}}
    (found,) = media_of(post, {})
    assert (found.kind, found.id, found.url) == ("image", "1/3_2", None)


@pytest.mark.parametrize("secrets", [SECRETS, SIGNING], ids=["bears", "signs"])
def test_a_post_that_only_names_its_photo_is_looked_up(
    fakes: Fakes, http: Http, secrets: Secrets
) -> None:
    file = fakes.file("x", SHOT, "image/jpeg")
    post = fakes.post("x", account="555000111", author="660001", text="kijk", files=[file])
    assert fetched(http, Media(kind="image", id=f"{post}/3_{file}"), secrets) == SHOT


def test_a_photo_that_went_with_its_post_cannot_be_fetched(http: Http) -> None:
    with pytest.raises(ChannelRefused):
        fetched(http, Media(kind="image", id="404/3_1"))


@pytest.mark.parametrize("secrets", [SECRETS, SIGNING], ids=["bears", "signs"])
def test_a_delivered_private_photo_is_asked_of_the_api(
    fakes: Fakes, http: Http, secrets: Secrets
) -> None:
    file = fakes.file("x", SHOT, "image/jpeg")
    url = f"https://ton.twitter.com/1.1/ton/data/dm/8001/{file}/abc.jpg"
    shown = {"id": file, "type": "photo", "media_url_https": url}
    (media,) = delivered(shown)
    assert fetched(http, media, secrets) == SHOT


def delivered(shown: dict[str, Any]) -> tuple[Media, ...]:
    """The files of a private message as the older notation brings it."""
    data = {"text": "foto", "attachment": {"type": "media", "media": shown}}
    created = {"sender_id": "660001", "message_data": data}
    event = {"type": "message_create", "id": "8001", "message_create": created}
    body = json.dumps({"for_user_id": "555000111", "direct_message_events": [event]})
    raw = Raw(body=body.encode(), received_at=BEGIN)
    (message,) = X().parse(raw, AccountSettings(account="555000111")).messages
    assert message.media_count == len(message.media)
    return message.media


@pytest.mark.parametrize(
    ("id", "url"),
    [
        ("8001/5", "https://ton.twitter.com/1.1/ton/data/dm/8001/5/../../x"),
        ("../5", "https://ton.twitter.com/1.1/ton/data/dm/8001/5/a.jpg"),
        ("8001/5", "https://ton.twitter.com.kwaad.example/a.jpg"),
        ("8001/5", "https://kwaad.example/a.jpg"),
        ("8001/5", "http://169.254.169.254/latest"),
    ],
)
def test_no_address_leads_anywhere_else(http: Http, id: str, url: str) -> None:
    with pytest.raises(ChannelRefused):
        fetched(http, Media(kind="image", id=id, url=url))


@pytest.mark.parametrize("secrets", [SECRETS, SIGNING], ids=["bears", "signs"])
@pytest.mark.parametrize("thread", [None, "2000"], ids=["private", "public"])
def test_pictures_go_along(fakes: Fakes, http: Http, secrets: Secrets, thread: str | None) -> None:
    before, many = len(fakes.sent()), 4 if thread else 1
    files = tuple(of_ours(photo(size=(100 + number, 90))) for number in range(many))
    one = sending.outgoing("660001", "", in_reply_to="3001", thread=thread, files=files)
    X().send(one, SETTINGS, secrets, http)
    (row,) = fakes.sent(after=before)
    assert len(set(row["files"])) == many


def test_what_is_no_picture_is_refused_and_nothing_is_posted(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    one = sending.outgoing("660001", "zie", in_reply_to="3001", thread="1", files=(of_ours(PDF),))
    assert isinstance(sending.failing(X(), http, one, SETTINGS, SECRETS), ChannelRefused)
    assert fakes.sent(after=before) == []


def test_silence_while_a_file_is_brought_is_harmless(fakes: Fakes, http: Http) -> None:
    fakes.fail(channel=BRINGING, mode="timeout_after_acceptance")
    one = sending.outgoing("660001", "zie", in_reply_to="3001", thread="1", files=(of_ours(),))
    assert isinstance(sending.failing(X(), http, one, SETTINGS, SECRETS), ChannelUnavailable)
