"""Sending to Telegram, against the fake platform."""

import logging
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.telegram.channel import Telegram
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
    OutcomeUnknown,
)
from infra.fakes.client import Fakes
from tests.channels import sending

SETTINGS = AccountSettings(account="9001")
SECRETS = Secrets(current={"bot_token": "9001:geheim"})


@pytest.fixture
def fakes(fakes_server: Fakes) -> Fakes:
    fakes_server.clear_failures()
    return fakes_server


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


@pytest.mark.parametrize(
    ("status", "words", "expected"),
    [
        (403, "Forbidden: bot was blocked by the user", (ChannelRefused, "geblokkeerd")),
        (403, "Forbidden: user is deactivated", (ChannelRefused, "bestaat niet meer")),
        (
            403,
            "Forbidden: bot can't initiate conversation with a user",
            (ChannelRefused, "beginnen"),
        ),
        (403, "Forbidden: bot was kicked from the supergroup chat", (ChannelRefused, "verwijderd")),
        (400, "Bad Request: chat not found", (ChannelRefused, "gesprek")),
        (400, "Bad Request: iets nieuws", (ChannelRefused, "iets nieuws")),
        (401, "Unauthorized", (ChannelAccessLost, "toegang")),
        (404, "Not Found", (ChannelAccessLost, "sleutel")),
        (409, "Conflict: terminated by other getUpdates request", (ChannelAccessLost, "programma")),
        (500, "Internal Server Error", (ChannelUnavailable, "storing")),
        (502, "Bad Gateway", (ChannelUnavailable, "storing")),
    ],
)
def test_what_a_refusal_means(
    fakes: Fakes, http: Http, status: int, words: str, expected: tuple[type[ChannelError], str]
) -> None:
    refused(fakes, status, words)
    error = failing(http)
    assert type(error) is expected[0]
    assert expected[1] in error.reason


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, ChannelAccessLost),
        (429, ChannelThrottled),
        (500, ChannelUnavailable),
        (502, OutcomeUnknown),
        (504, OutcomeUnknown),
        (418, ChannelRefused),
    ],
)
def test_a_status_without_telegrams_words(
    fakes: Fakes, http: Http, status: int, expected: type[ChannelError]
) -> None:
    fakes.fail(channel="telegram", status=status, body="<html>niet van Telegram</html>")
    assert type(failing(http)) is expected


@pytest.mark.parametrize(
    ("parameters", "headers", "wait"),
    [({"retry_after": 35}, {}, 35), ({}, {"Retry-After": "9"}, 9), ({}, {}, 1)],
)
def test_throttled_as_long_as_telegram_says(
    fakes: Fakes, http: Http, parameters: dict[str, int], headers: dict[str, str], wait: int
) -> None:
    body = {"ok": False, "error_code": 429, "description": "x", "parameters": parameters}
    fakes.fail(channel="telegram", status=429, body=body, headers=headers)
    error = failing(http)
    assert isinstance(error, ChannelThrottled)
    assert error.retry_after == timedelta(seconds=wait)


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


@pytest.mark.parametrize(
    ("mode", "accepted"),
    [("timeout_after_acceptance", 1), ("timeout_before", 0), ("disconnect", 0)],
)
def test_silence_may_have_been_acceptance(
    fakes: Fakes, http: Http, mode: str, accepted: int
) -> None:
    before = len(fakes.sent())
    fakes.fail(channel="telegram", mode=mode)
    assert type(failing(http)) is OutcomeUnknown
    assert len(fakes.sent(after=before)) == accepted


@pytest.mark.parametrize("body", [{}, {"ok": True}, {"ok": True, "result": {}}, "geen json"])
def test_an_acceptance_without_an_id_may_have_been_one(fakes: Fakes, http: Http, body: Any) -> None:
    fakes.fail(channel="telegram", status=200, body=body)
    assert type(failing(http)) is OutcomeUnknown


def test_no_error_shows_the_token(fakes: Fakes, http: Http) -> None:
    refused(fakes, 401, "Unauthorized")
    closed = Http({"telegram": "http://127.0.0.1:9/telegram"})
    for error in (failing(http), failing(closed)):
        assert "geheim" not in f"{error!r} {error.facts} {error}"


def test_no_log_shows_the_token_however_much_is_logged(
    http: Http, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        Telegram().send(private(), SETTINGS, SECRETS, http)
    ours = [record for record in caplog.records if not record.name.startswith("aiohttp")]
    assert "geheim" not in str([record.getMessage() for record in ours])


def test_without_a_token_nothing_goes_out(http: Http) -> None:
    error = sending.failing(Telegram(), http, private(), SETTINGS, Secrets(current={}))
    assert type(error) is ChannelAccessLost
