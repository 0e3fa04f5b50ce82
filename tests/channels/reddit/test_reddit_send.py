"""Sending to Reddit through praw, against the fake platform."""

import time

import pytest

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.reddit.channel import Reddit
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

SETTINGS = AccountSettings(account="PolVoorbeeld")
CLIENT = {"client_id": "c", "client_secret": "s"}
SECRETS = Secrets(current={**CLIENT, "password": "geheim"})


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"reddit": f"{fakes.url}/reddit"}, timeout_seconds=0.3)


def answer_to(target: str | None = "t1_m1", text: str = "Ja, dat klopt.") -> Outgoing:
    return sending.outgoing("t2_s1", text, in_reply_to=target, thread="t3_q1")


def failing(http: Http, outgoing: Outgoing | None = None) -> ChannelError:
    return sending.failing(Reddit(), http, outgoing or answer_to(), SETTINGS, SECRETS)


@pytest.mark.parametrize("target", ["t1_m1", "t3_q1", "t4_p1"])
def test_an_answer_goes_under_what_it_answers(fakes: Fakes, http: Http, target: str) -> None:
    before = len(fakes.sent())
    sent = Reddit().send(answer_to(target), SETTINGS, SECRETS, http)
    (row,) = fakes.sent(after=before)
    assert (row["account"], row["in_reply_to"]) == ("PolVoorbeeld", target)
    assert (row["text"], row["external_id"]) == ("Ja, dat klopt.", sent.external_id)


def test_a_refresh_token_goes_before_a_password(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    refreshed = Secrets(current={**CLIENT, "refresh_token": "r"})
    assert Reddit().send(answer_to(), SETTINGS, refreshed, http).external_id
    assert len(fakes.sent(after=before)) == 1


def test_a_message_is_marked_as_read(fakes: Fakes, http: Http) -> None:
    Reddit().mark_read("t4_p1", SETTINGS, SECRETS, http)
    assert [row["external_id"] for row in fakes.read()][-1:] == ["t4_p1"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, ChannelAccessLost),
        (403, ChannelRefused),
        (404, ChannelRefused),
        (429, ChannelThrottled),
        (500, ChannelUnavailable),
        (503, ChannelUnavailable),
        (520, ChannelUnavailable),
        (522, ChannelUnavailable),
        (502, OutcomeUnknown),
        (504, OutcomeUnknown),
    ],
)
def test_what_a_status_means_and_praw_neither_repeats_nor_sleeps(
    fakes: Fakes, http: Http, status: int, expected: type[ChannelError]
) -> None:
    fakes.fail(channel="reddit", status=status, body="<html>", times=1)
    started = time.monotonic()
    assert type(failing(http)) is expected
    assert fakes.failures() == []
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "secrets",
    [
        Secrets(current={}),
        Secrets(current={**CLIENT, "password": "verlopen"}),
        Secrets(current={**CLIENT, "refresh_token": "verlopen"}),
    ],
)
def test_who_cannot_sign_in_lost_access(http: Http, secrets: Secrets) -> None:
    error = sending.failing(Reddit(), http, answer_to(), SETTINGS, secrets)
    assert type(error) is ChannelAccessLost


def test_without_something_to_answer_nothing_is_published(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    assert type(failing(http, answer_to(None))) is ChannelRefused
    assert fakes.sent(after=before) == []
