"""Tokens that X lends for two hours: the next pair in time, once."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.x.channel import X
from chalicelib.errors import ChannelAccessLost, ChannelUnavailable, OutcomeUnknown
from infra.fakes.client import Fakes

SETTINGS = AccountSettings(account="555000111")
CLIENT = {"client_id": "c", "access_token": "oud"}


@pytest.fixture
def http(fakes_server: Fakes) -> Http:
    fakes_server.clear_failures()
    return Http({"x": f"{fakes_server.url}/x"}, timeout_seconds=0.3)


def lent(refresh: str, **more: str) -> Secrets:
    return Secrets(current={**CLIENT, "refresh_token": refresh, **more})


@pytest.mark.parametrize("more", [{}, {"client_secret": "geheim"}])
def test_a_new_pair_comes_in_the_place_of_the_old(http: Http, more: dict[str, str]) -> None:
    found = X().renew(SETTINGS, lent(f"eerste-{len(more)}", **more), http)
    assert found.changed.keys() == {"access_token", "refresh_token"}
    left = found.until - datetime.now(UTC)
    assert timedelta(minutes=119) < left <= timedelta(hours=2)


def test_a_refresh_token_is_good_for_once(http: Http) -> None:
    X().renew(SETTINGS, lent("eenmalig"), http)
    with pytest.raises(ChannelAccessLost):
        X().renew(SETTINGS, lent("eenmalig"), http)


def test_silence_may_have_ended_the_old_one(fakes_server: Fakes, http: Http) -> None:
    fakes_server.fail(channel="x", mode="timeout_after_acceptance", reads=True)
    with pytest.raises(OutcomeUnknown):
        X().renew(SETTINGS, lent("stil"), http)


def test_a_failure_of_theirs_can_be_tried_again(fakes_server: Fakes, http: Http) -> None:
    fakes_server.fail(channel="x", status=503, body={"title": "x"}, reads=True)
    with pytest.raises(ChannelUnavailable):
        X().renew(SETTINGS, lent("later"), http)
    assert X().renew(SETTINGS, lent("later"), http).changed


def test_who_signs_has_nothing_to_renew() -> None:
    assert not X().renews(
        SETTINGS, Secrets(current={"access_token": "t", "access_token_secret": "s"})
    )
    assert X().renews(SETTINGS, lent("r"))
