"""What a platform refuses, of every channel: it maps to our tree, and nothing goes out twice."""

import logging
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import uuid4

import pytest

from chalicelib.channels.contract import Channel, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.registry import CHANNELS
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
    OutcomeUnknown,
)
from infra.fakes.client import Fakes
from tests.channels.refusals import Refusal, Sending

OUR_OWN = frozenset({"chat", "form", "partner", "spoken", "news"})
"""Channels without a platform, and one that is only read: nobody can refuse an answer."""

PLATFORMS = {
    name: import_module(module)
    for name in sorted(CHANNELS)
    if find_spec(module := f"tests.channels.{name}.refusals")
}
DOCUMENTED = [
    pytest.param(name, refusal, id=f"{name}-{refusal.what}")
    for name, platform in PLATFORMS.items()
    for refusal in platform.REFUSALS
]
TREE = (ChannelUnavailable, ChannelThrottled, OutcomeUnknown, ChannelRefused, ChannelAccessLost)


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({name: f"{fakes.url}/{name}" for name in PLATFORMS}, timeout_seconds=0.3)


def sending(name: str) -> Sending:
    """An answer that was not given before: Mastodon knows one again by its key."""
    found: Sending = PLATFORMS[name].SENDING
    return replace(found, outgoing=replace(found.outgoing, reply_id=uuid4().hex))


def failing(name: str, http: Http, secrets: Secrets | None = None) -> ChannelError:
    """The error that sending ends in, worded for an agent."""
    channel: Channel = CHANNELS[name]
    one = sending(name)
    with pytest.raises(ChannelError) as caught:
        channel.send(one.outgoing, one.account, secrets or one.secrets, http)
    assert caught.value.channel == name
    assert caught.value.reason
    return caught.value


def test_every_platform_has_its_refusals_written_down() -> None:
    assert {*CHANNELS} - OUR_OWN == {*PLATFORMS}


@pytest.mark.parametrize("name", PLATFORMS)
def test_the_answer_that_is_refused_below_is_taken_otherwise(
    name: str, fakes: Fakes, http: Http
) -> None:
    one, before = sending(name), len(fakes.sent())
    sent = CHANNELS[name].send(one.outgoing, one.account, one.secrets, http)
    rows = fakes.sent(after=before)
    assert [(row["channel"], row["external_id"]) for row in rows] == [(name, sent.external_id)]


@pytest.mark.parametrize(("name", "refusal"), DOCUMENTED)
def test_every_documented_refusal_means_something_to_us(
    name: str, refusal: Refusal, fakes: Fakes, http: Http
) -> None:
    scripted = {"status": refusal.status, "body": refusal.body, "headers": dict(refusal.headers)}
    before = len(fakes.sent())
    fakes.fail(channel=name, **scripted)
    error = failing(name, http)
    assert type(error) is refusal.means
    assert type(error) in TREE
    assert refusal.reason in error.reason
    assert refusal.code in (None, error.code)
    if refusal.wait is not None:
        assert isinstance(error, ChannelThrottled)
        assert error.retry_after == refusal.wait
    assert (fakes.sent(after=before), fakes.failures()) == ([], [])


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize(
    ("status", "means"),
    [
        (401, ChannelAccessLost),
        (429, ChannelThrottled),
        (500, ChannelUnavailable),
        (503, ChannelUnavailable),
        (502, OutcomeUnknown),
        (504, OutcomeUnknown),
    ],
)
def test_a_status_in_nobodys_words(
    name: str, status: int, means: type[ChannelError], fakes: Fakes, http: Http
) -> None:
    fakes.fail(channel=name, status=status, body="<html>niet van het platform</html>")
    assert type(failing(name, http)) is means


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize(
    ("mode", "accepted"),
    [("timeout_after_acceptance", 1), ("timeout_before", 0), ("disconnect", 0)],
)
def test_silence_may_have_been_acceptance_and_is_not_repeated(
    name: str, mode: str, accepted: int, fakes: Fakes, http: Http
) -> None:
    before = len(fakes.sent())
    fakes.fail(channel=name, mode=mode)
    assert type(failing(name, http)) is OutcomeUnknown
    assert len(fakes.sent(after=before)) == accepted


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize("body", [{}, {"data": {}}, {"messages": "x"}, "geen json", []])
def test_an_acceptance_without_an_id_may_have_been_one(
    name: str, body: Any, fakes: Fakes, http: Http
) -> None:
    fakes.fail(channel=name, status=200, body=body)
    assert type(failing(name, http)) is OutcomeUnknown


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_throttled_account_waits_as_long_as_the_platform_says(
    name: str, fakes: Fakes, http: Http
) -> None:
    fakes.fail(channel=name, mode="throttle", retry_after=87)
    error = failing(name, http)
    assert isinstance(error, ChannelThrottled)
    assert error.retry_after.total_seconds() == pytest.approx(87, abs=1)


@pytest.mark.parametrize("name", PLATFORMS)
def test_an_expired_token_is_lost_access(name: str, fakes: Fakes, http: Http) -> None:
    fakes.fail(channel=name, mode="expired_token")
    assert type(failing(name, http)) is ChannelAccessLost


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_closed_door_is_certainly_no_acceptance(name: str) -> None:
    closed = Http({name: f"http://127.0.0.1:9/{name}"})
    assert type(failing(name, closed)) is ChannelUnavailable


@pytest.mark.parametrize("name", [name for name in PLATFORMS if sending(name).secrets.current])
def test_without_a_token_nothing_goes_out(name: str, fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    assert type(failing(name, http, Secrets(current={}))) is ChannelAccessLost
    assert fakes.sent(after=before) == []


@pytest.mark.parametrize("name", PLATFORMS)
def test_no_error_and_no_log_shows_a_secret(
    name: str, fakes: Fakes, http: Http, caplog: pytest.LogCaptureFixture
) -> None:
    fakes.fail(channel=name, status=401, body={})
    with caplog.at_level(logging.DEBUG):
        error = failing(name, http)
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("aiohttp")]
    shown = f"{error!r} {error} {error.facts} {ours}"
    secrets = [value for value in sending(name).secrets.current.values() if len(value) > 5]
    assert [value for value in secrets if value in shown] == []
