"""Sending, against the fake platform: what goes out, and what each refusal means for us."""

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.whatsapp.channel import WhatsApp
from chalicelib.errors import (
    ChannelError,
    ChannelRefused,
)
from infra.fakes.client import Fakes
from infra.fakes.platforms import running_fakes

SETTINGS = AccountSettings(account="700300400500")
SECRETS = Secrets(current={"access_token": "een-sleutel"})


@pytest.fixture(scope="module")
def server() -> Iterator[Fakes]:
    with running_fakes() as fakes:
        yield fakes


@pytest.fixture
def fakes(server: Fakes) -> Fakes:
    server.clear_failures()
    return server


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"whatsapp": f"{fakes.url}/whatsapp"}, timeout_seconds=0.3)


def answer_to(to: str = "31600000041", text: str = "Ja, tot vijf uur.", **more: Any) -> Outgoing:
    return Outgoing(reply_id="reply-1", to=to, text=text, **more)


def failing(http: Http, outgoing: Outgoing | None = None) -> ChannelError:
    """The error that sending ends in."""
    with pytest.raises(ChannelError) as caught:
        WhatsApp().send(outgoing or answer_to(), SETTINGS, SECRETS, http)
    assert caught.value.channel == "whatsapp"
    assert caught.value.reason
    return caught.value


def test_a_text_is_accepted_under_the_platforms_id(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    sent = WhatsApp().send(answer_to(in_reply_to="wamid.A1"), SETTINGS, SECRETS, http)
    (row,) = fakes.sent(after=before)
    row.pop("at")
    assert row == {
        "channel": "whatsapp",
        "account": "700300400500",
        "to": "31600000041",
        "text": "Ja, tot vijf uur.",
        "kind": "text",
        "external_id": sent.external_id,
        "reply_id": "reply-1",
        "in_reply_to": "wamid.A1",
        "choices": [],
        "file": None,
        "files": [],
    }


@pytest.mark.parametrize("handle", ["NL.7700000000000000041", "NL.ENT.77000041", "31600000041"])
def test_both_kinds_of_handle_reach_the_citizen(fakes: Fakes, http: Http, handle: str) -> None:
    before = len(fakes.sent())
    WhatsApp().send(answer_to(handle), SETTINGS, SECRETS, http)
    assert [row["to"] for row in fakes.sent(after=before)] == [handle]


def test_the_longest_text_fits_and_one_more_does_not(http: Http) -> None:
    longest = WhatsApp().rules.longest_text
    assert WhatsApp().send(answer_to(text="é" * longest), SETTINGS, SECRETS, http)
    assert isinstance(failing(http, answer_to(text="é" * (longest + 1))), ChannelRefused)


def test_a_message_is_marked_as_read(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    WhatsApp().mark_read("wamid.A1", SETTINGS, SECRETS, http)
    assert [row["external_id"] for row in fakes.read()][-1:] == ["wamid.A1"]
    assert fakes.sent(after=before) == []


def test_a_refused_mark_is_an_error_too(http: Http) -> None:
    with pytest.raises(ChannelRefused):
        WhatsApp().mark_read("", SETTINGS, SECRETS, http)


def test_the_api_version_is_a_setting(fakes: Fakes, http: Http) -> None:
    newer = AccountSettings(account="700300400500", settings={"api_version": "v27.0"})
    assert WhatsApp().send(answer_to(), newer, SECRETS, http).external_id
    strange = AccountSettings(account="../me", settings={})
    with pytest.raises(ChannelRefused):
        WhatsApp().send(answer_to(), strange, SECRETS, http)
    assert {row["account"] for row in fakes.sent()} == {"700300400500"}
