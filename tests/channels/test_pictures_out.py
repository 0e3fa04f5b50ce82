"""Pictures of ours on X, Mastodon and Bluesky: brought first, then named in what we send."""

from dataclasses import replace
from importlib import import_module
from uuid import uuid4

import pytest

from chalicelib.channels.contract import Outgoing, OutgoingFile
from chalicelib.channels.http import Http
from chalicelib.channels.registry import CHANNELS
from chalicelib.errors import ChannelAccessLost, ChannelRefused, ChannelThrottled
from infra.fakes.client import Fakes
from tests.channels import sending
from tests.channels.refusals import Sending
from tests.pictures import PDF, photo

NAMES = ("bluesky", "mastodon", "x")
SENDINGS: dict[str, Sending] = {
    name: import_module(f"tests.channels.{name}.refusals").SENDING for name in NAMES
}
CHANNEL = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({name: f"{fakes.url}/{name}" for name in NAMES}, timeout_seconds=0.5)


def with_files(name: str, *bodies: bytes, mime: str = "image/jpeg", text: str = "") -> Outgoing:
    """An answer that was not given before, with these files."""
    files = tuple(
        OutgoingFile(kind="image", name="plek.jpg", mime=mime, body=body) for body in bodies
    )
    found = SENDINGS[name].outgoing
    return replace(found, reply_id=uuid4().hex, text=text, files=files)


def failing(name: str, http: Http, outgoing: Outgoing) -> Exception:
    own = SENDINGS[name]
    return sending.failing(CHANNELS[name], http, outgoing, own.account, own.secrets)


@CHANNEL
@pytest.mark.parametrize("text", ["", "Zo ziet het eruit."])
def test_as_many_as_the_rules_say_go_along(fakes: Fakes, http: Http, name: str, text: str) -> None:
    limits = CHANNELS[name].rules.files
    assert limits
    own, before = SENDINGS[name], len(fakes.sent())
    one = with_files(name, *(photo(size=(90 + n, 80)) for n in range(limits.most)), text=text)
    CHANNELS[name].send(one, own.account, own.secrets, http)
    (row,) = fakes.sent(after=before)
    assert len(set(row["files"])) == limits.most
    assert row["text"].endswith(text)


@CHANNEL
def test_one_more_than_that_is_refused_by_the_platform(http: Http, name: str) -> None:
    one = with_files(name, *(photo(size=(90 + n, 80)) for n in range(5)))
    assert isinstance(failing(name, http, one), ChannelRefused)


@CHANNEL
def test_what_is_no_picture_is_refused_and_nothing_goes_out(
    fakes: Fakes, http: Http, name: str
) -> None:
    before = len(fakes.sent())
    assert isinstance(failing(name, http, with_files(name, PDF, text="zie")), ChannelRefused)
    assert fakes.sent(after=before) == []


@CHANNEL
@pytest.mark.parametrize("mode", ["timeout_after_acceptance", "disconnect"])
def test_silence_while_a_file_is_brought_is_tried_again(
    fakes: Fakes, http: Http, name: str, mode: str
) -> None:
    """Nobody saw it: so it is never left uncertain, and what comes then goes out once."""
    own, before, one = SENDINGS[name], len(fakes.sent()), with_files(name, photo())
    fakes.fail(channel=f"{name}-media", mode=mode)
    assert type(failing(name, http, one)).__name__ == "ChannelUnavailable"
    assert fakes.sent(after=before) == []
    CHANNELS[name].send(one, own.account, own.secrets, http)
    assert len(fakes.sent(after=before)) == 1


@CHANNEL
def test_a_limit_on_files_is_waited_out(fakes: Fakes, http: Http, name: str) -> None:
    fakes.fail(channel=f"{name}-media", mode="throttle", retry_after=77)
    error = failing(name, http, with_files(name, photo()))
    assert isinstance(error, ChannelThrottled)
    assert 70 <= error.retry_after.total_seconds() <= 78


@CHANNEL
def test_a_key_that_ended_shows_while_a_file_is_brought(
    fakes: Fakes, http: Http, name: str
) -> None:
    fakes.fail(channel=f"{name}-media", mode="expired_token")
    assert isinstance(failing(name, http, with_files(name, photo())), ChannelAccessLost)
