"""Sending to X through tweepy, against the fake platform."""

import logging
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.x.channel import X
from chalicelib.channels.x.errors import ACCESS_LOST_CODES, REFUSED_CODES, UNAVAILABLE_CODES
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

SETTINGS = AccountSettings(account="555000111")
SECRETS = Secrets(current={"access_token": "sleutel", "consumer_secret": "s"})
SIGNING = Secrets(
    current={
        "access_token": "sleutel",
        "access_token_secret": "geheim",
        "consumer_key": "k",
        "consumer_secret": "s",
    }
)
PROBLEM = "https://api.twitter.com/2/problems/"


@pytest.fixture
def fakes(fakes_server: Fakes) -> Fakes:
    fakes_server.clear_failures()
    return fakes_server


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"x": f"{fakes.url}/x"}, timeout_seconds=0.3)


def public(text: str = "Ja, bij elk bureau.", post: str | None = "3001") -> Outgoing:
    return sending.outgoing("660001", text, in_reply_to=post, thread="2000")


def private(text: str = "Ja, bij elk bureau.") -> Outgoing:
    return sending.outgoing("660001", text)


def failing(http: Http, outgoing: Outgoing | None = None) -> ChannelError:
    return sending.failing(X(), http, outgoing or public(), SETTINGS, SECRETS)


def test_a_reply_goes_under_the_post(fakes: Fakes, http: Http) -> None:
    post = fakes.post("x", account="555000111", author="660001", text="@PolVoorbeeld hoe?")
    before = len(fakes.sent())
    sent = X().send(public(post=post), SETTINGS, SECRETS, http)
    (row,) = fakes.sent(after=before)
    assert (row["external_id"], row["in_reply_to"]) == (sent.external_id, post)
    assert (row["to"], row["text"], row["kind"]) == ("660001", "Ja, bij elk bureau.", "text")


def test_a_private_answer_goes_to_the_person(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    sent = X().send(private("é" * 9_000), SETTINGS, SECRETS, http)
    (row,) = fakes.sent(after=before)
    assert (row["external_id"], row["to"], row["kind"]) == (sent.external_id, "660001", "private")


def test_an_account_with_a_token_secret_signs(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    assert X().send(public(), SETTINGS, SIGNING, http).external_id
    assert len(fakes.sent(after=before)) == 1


@pytest.mark.parametrize("secrets", [SECRETS, SIGNING])
def test_no_log_shows_the_token_however_much_is_logged(
    http: Http, caplog: pytest.LogCaptureFixture, secrets: Secrets
) -> None:
    with caplog.at_level(logging.DEBUG):
        X().send(public(), SETTINGS, secrets, http)
    assert "sleutel" not in caplog.text


def test_the_longest_text_fits_and_one_more_does_not(fakes: Fakes, http: Http) -> None:
    assert X().send(public("é" * 280), SETTINGS, SECRETS, http)
    before = len(fakes.sent())
    assert type(failing(http, public("é" * 281))) is ChannelRefused
    assert type(failing(http, private("a" * 10_001))) is ChannelRefused
    assert fakes.sent(after=before) == []


def test_without_a_post_to_answer_nothing_is_published(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    assert type(failing(http, public(post=None))) is ChannelRefused
    assert fakes.sent(after=before) == []


def test_who_did_not_address_us_cannot_be_answered(fakes: Fakes, http: Http) -> None:
    hit = fakes.post("x", account="", author="660002", text="brand!", where="search")
    error = failing(http, public(post=hit))
    assert type(error) is ChannelRefused
    assert "genoemd" in error.reason


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (401, {"title": "Unauthorized", "status": 401}, ChannelAccessLost),
        (402, {"title": "CreditsDepleted", "status": 402}, ChannelAccessLost),
        (429, {"type": f"{PROBLEM}usage-capped", "title": "UsageCapExceeded"}, ChannelAccessLost),
        (403, {"type": f"{PROBLEM}client-forbidden", "title": "Client Forbidden"}, ChannelRefused),
        (403, {"type": f"{PROBLEM}not-authorized-for-resource"}, ChannelRefused),
        (403, {"detail": "You may not create a Tweet with duplicate content."}, ChannelRefused),
        (403, {"detail": "Reply to this conversation is not allowed"}, ChannelRefused),
        (403, {"detail": "You cannot send messages to this user."}, ChannelRefused),
        (403, {"detail": "iets nieuws"}, ChannelRefused),
        (400, {"title": "Invalid Request"}, ChannelRefused),
        (404, {"type": f"{PROBLEM}resource-not-found"}, ChannelRefused),
        (409, {}, ChannelRefused),
        (500, {"title": "Internal"}, ChannelUnavailable),
        (503, {"title": "Service Unavailable"}, ChannelUnavailable),
        (502, {"title": "Bad Gateway", "status": 502}, ChannelUnavailable),
        (502, "<html>gateway</html>", OutcomeUnknown),
        (504, "<html>gateway</html>", OutcomeUnknown),
    ],
)  # fmt: skip
def test_what_a_refusal_means(
    fakes: Fakes, http: Http, status: int, body: Any, expected: type[ChannelError]
) -> None:
    fakes.fail(channel="x", status=status, body=body)
    assert type(failing(http)) is expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (ACCESS_LOST_CODES, ChannelAccessLost),
        (UNAVAILABLE_CODES, ChannelUnavailable),
        (REFUSED_CODES, ChannelRefused),
        ({"88": ""}, ChannelThrottled),
    ],
)
def test_the_older_codes(
    fakes: Fakes, http: Http, codes: dict[str, str], expected: type[ChannelError]
) -> None:
    for code in codes:
        fakes.fail(channel="x", status=403, body={"errors": [{"code": int(code), "message": "x"}]})
        error = failing(http)
        assert (type(error), error.code) == (expected, code)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"x-rate-limit-reset": "1800000047"}, 47),
        ({"x-rate-limit-reset": "1799999000"}, 0),
        ({"x-rate-limit-reset": "straks"}, 900),
        ({"Retry-After": "12", "x-rate-limit-reset": "1800000047"}, 12),
        ({}, 900),
    ],
)
def test_throttled_until_the_moment_that_x_says(
    fakes: Fakes, http: Http, headers: dict[str, str], wait: int
) -> None:
    clock = {"Date": "Fri, 15 Jan 2027 08:00:00 GMT"}
    fakes.fail(channel="x", status=429, headers={**clock, **headers}, body={"status": 429})
    error = failing(http)
    assert isinstance(error, ChannelThrottled)
    assert error.retry_after == timedelta(seconds=wait)


@pytest.mark.parametrize(
    ("mode", "accepted"),
    [("timeout_after_acceptance", 1), ("timeout_before", 0), ("disconnect", 0)],
)
def test_silence_may_have_been_acceptance_and_is_not_repeated(
    fakes: Fakes, http: Http, mode: str, accepted: int
) -> None:
    before = len(fakes.sent())
    fakes.fail(channel="x", mode=mode)
    assert type(failing(http)) is OutcomeUnknown
    assert len(fakes.sent(after=before)) == accepted


@pytest.mark.parametrize("body", [{}, {"data": {}}, "geen json", []])
def test_an_acceptance_without_an_id_may_have_been_one(fakes: Fakes, http: Http, body: Any) -> None:
    fakes.fail(channel="x", status=201, body=body)
    assert type(failing(http)) is OutcomeUnknown


def test_a_closed_door_is_certainly_no_acceptance() -> None:
    assert type(failing(Http({"x": "http://127.0.0.1:9/x"}))) is ChannelUnavailable


def test_without_a_token_nothing_goes_out(http: Http) -> None:
    error = sending.failing(X(), http, public(), SETTINGS, Secrets(current={}))
    assert type(error) is ChannelAccessLost
