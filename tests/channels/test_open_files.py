"""Files of citizens on Mastodon, Bluesky and YouTube: fetched where the platform keeps them."""

import pytest

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.offers import FetchesMedia
from chalicelib.channels.registry import CHANNELS
from chalicelib.domain.media import Media, MediaKind
from chalicelib.errors import ChannelRefused
from infra.fakes.client import Fakes

OPEN = ("mastodon", "bluesky", "youtube")
ACCOUNT = AccountSettings(
    account="90", settings={"host": "social.example", "media_hosts": "files.example"}
)
REAL = Http(dict.fromkeys(OPEN, "https://{host}"), timeout_seconds=0.5)


@pytest.fixture
def http(fakes_server: Fakes) -> Http:
    return Http({name: f"{fakes_server.url}/{name}" for name in OPEN}, timeout_seconds=1.0)


def media(name: str, id: str, http: Http, kind: MediaKind = "image") -> Media:
    url = None if name == "bluesky" else f"{http.base_urls[name]}/media/{id}"
    return Media(kind=kind, id=f"did:plc:wilg/{id}", url=url)


def fetch(name: str, file: Media, http: Http) -> bytes:
    channel = CHANNELS[name]
    assert isinstance(channel, FetchesMedia)
    return channel.fetch_media(file, ACCOUNT, Secrets(current={}), http).body


@pytest.mark.parametrize("name", OPEN)
def test_a_file_comes_as_it_was_sent(name: str, fakes_server: Fakes, http: Http) -> None:
    id = fakes_server.file(name, b"\x89PNG plaatje", "image/png")
    assert fetch(name, media(name, id, http), http) == b"\x89PNG plaatje"


@pytest.mark.parametrize("name", OPEN)
def test_a_file_that_is_gone_is_refused(name: str, http: Http) -> None:
    with pytest.raises(ChannelRefused):
        fetch(name, media(name, "weg", http), http)


@pytest.mark.parametrize("name", ["mastodon", "youtube"])
@pytest.mark.parametrize(
    "url",
    [
        None,
        "https://kwaad.example/x.png",
        "http://169.254.169.254/",
        "https://social.example.kwaad.example/x",
    ],
)
def test_no_address_leads_anywhere_else(name: str, url: str | None) -> None:
    with pytest.raises(ChannelRefused):
        fetch(name, Media(kind="image", url=url), REAL)


@pytest.mark.parametrize("id", [None, "did:plc:wilg", "did:plc:wilg/"])
def test_a_picture_without_a_digest_cannot_be_fetched(id: str | None) -> None:
    with pytest.raises(ChannelRefused):
        fetch("bluesky", Media(kind="image", id=id), REAL)


def test_films_on_bluesky_come_in_pieces_only(http: Http) -> None:
    with pytest.raises(ChannelRefused) as caught:
        fetch("bluesky", media("bluesky", "1", http, "video"), http)
    assert caught.value.code == "no-file"
