"""Sending to Telegram, against the fake platform."""

from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.telegram.channel import Telegram
from chalicelib.errors import (
    ChannelError,
    ChannelRefused,
)
from infra.fakes.client import Fakes
from tests.channels import sending

SETTINGS = AccountSettings(account="9001")
SECRETS = Secrets(current={"bot_token": "9001:geheim"})


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"telegram": f"{fakes.url}/telegram"}, timeout_seconds=0.3)


def private(text: str = "Tot vijf uur.", **more: Any) -> Outgoing:
    return sending.outgoing("7700", text, **{"in_reply_to": "7700:21", **more})


def failing(http: Http, outgoing: Outgoing | None = None) -> ChannelError:
    return sending.failing(Telegram(), http, outgoing or private(), SETTINGS, SECRETS)


def refused(fakes: Fakes, status: int, words: str, **more: Any) -> None:
    body = {"ok": False, "error_code": status, "description": words, **more}
    fakes.fail(channel="telegram", status=status, body=body)


def test_a_private_answer_quotes_nothing(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    sent = Telegram().send(private(), SETTINGS, SECRETS, http)
    (row,) = fakes.sent(after=before)
    assert (row["account"], row["to"], row["in_reply_to"]) == ("9001", "7700", None)
    assert row["external_id"] == sent.external_id
    assert sent.external_id.startswith("7700:")


def test_in_a_group_the_answer_goes_to_the_group_and_shows_for_whom(
    fakes: Fakes, http: Http
) -> None:
    before = len(fakes.sent())
    Telegram().send(private(thread="-100700", in_reply_to="-100700:21"), SETTINGS, SECRETS, http)
    (row,) = fakes.sent(after=before)
    assert (row["to"], row["in_reply_to"]) == ("-100700", "-100700:21")


def test_a_button_in_a_group_is_answered_in_the_group(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    Telegram().send(private(thread="-100700", in_reply_to="cq:77"), SETTINGS, SECRETS, http)
    assert [row["to"] for row in fakes.sent(after=before)] == ["-100700"]


def test_the_longest_text_fits_and_one_more_does_not(http: Http) -> None:
    longest = Telegram().rules.longest_text
    assert Telegram().send(private("é" * longest), SETTINGS, SECRETS, http)
    assert type(failing(http, private("é" * (longest + 1)))) is ChannelRefused


def test_a_group_that_moved_gets_the_answer_where_it_is_now(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    refused(
        fakes,
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": -100701},
    )
    group = private(thread="-700", in_reply_to="-700:21")
    sent = Telegram().send(group, SETTINGS, SECRETS, http)
    assert [row["to"] for row in fakes.sent(after=before)] == ["-100701"]
    assert sent.external_id.startswith("-100701:")


def test_choices_are_buttons_that_carry_their_own_words(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    Telegram().send(private(choices=("Ja", "Nee 🙅")), SETTINGS, SECRETS, http)
    assert [row["choices"] for row in fakes.sent(after=before)] == [["Ja", "Nee 🙅"]]


@pytest.mark.parametrize(("message", "shown"), [("7700:21", "7700:typing"), ("cq:77", "cq:77")])
def test_a_citizen_sees_that_somebody_writes_and_a_button_stops_waiting(
    fakes: Fakes, http: Http, message: str, shown: str
) -> None:
    Telegram().mark_read(message, SETTINGS, SECRETS, http)
    assert fakes.read()[-1]["external_id"] == shown
