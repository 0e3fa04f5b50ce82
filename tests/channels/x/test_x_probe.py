"""Whether X delivers to us: watched, asked for again, and what was missed delivered once more."""

from datetime import UTC, datetime

import pytest

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.offers import Probed
from chalicelib.channels.x.channel import X
from chalicelib.channels.x.probe import PRIVATE, PUBLIC
from chalicelib.errors import ChannelRefused, ChannelUnavailable
from infra.fakes.client import Fakes

HERE = "https://nabij.example/webhooks/x/555000111"
SETTINGS = AccountSettings(account="555000111")
PRIVATELY = AccountSettings(account="555000111", settings={"read_private": "yes"})
SECRETS = Secrets(current={"app_bearer": "app", "access_token": "t"})
SINCE, UNTIL = datetime(2027, 1, 15, 8, 2, 30, tzinfo=UTC), datetime(2027, 1, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"x": f"{fakes.url}/x"}, timeout_seconds=0.5)


def probed(http: Http, settings: AccountSettings = SETTINGS) -> Probed:
    found = X().probe(HERE, settings, SECRETS, http)
    assert found
    return found


def test_who_only_reads_has_nothing_to_ask(http: Http) -> None:
    assert X().probe(HERE, SETTINGS, Secrets(current={"access_token": "t"}), http) is None


def test_an_unknown_address_is_registered_with_all_its_events(http: Http) -> None:
    assert probed(http).subscribed is False
    X().subscribe(HERE, SETTINGS, SECRETS, http)
    assert probed(http).subscribed


def test_private_events_are_asked_for_where_they_are_wanted(http: Http) -> None:
    X().subscribe(HERE, SETTINGS, SECRETS, http)
    assert probed(http, PRIVATELY).subscribed is False
    X().subscribe(HERE, PRIVATELY, SECRETS, http)
    assert probed(http, PRIVATELY).subscribed
    assert not {*PUBLIC} & {*PRIVATE}


def test_an_address_that_failed_its_check_is_checked_again(fakes: Fakes, http: Http) -> None:
    X().subscribe(HERE, SETTINGS, SECRETS, http)
    invalid = {"data": [{"id": "W1", "url": HERE, "valid": False}]}
    for _ in range(2):
        fakes.fail(channel="x", status=200, body=invalid, reads=True)
    assert probed(http).subscribed is False
    X().subscribe(HERE, SETTINGS, SECRETS, http)
    assert probed(http).subscribed


def test_an_address_that_x_cannot_take_is_refused(http: Http) -> None:
    with pytest.raises(ChannelRefused):
        X().subscribe("https://nabij.example:8443/webhooks/x/1", SETTINGS, SECRETS, http)


def test_a_refused_key_of_the_app_closes_no_account_that_is_read(fakes: Fakes, http: Http) -> None:
    fakes.fail(channel="x", status=401, body={"title": "Unauthorized"}, reads=True)
    found = probed(http)
    assert (found.subscribed, bool(found.trouble)) == (None, True)


def test_a_platform_that_is_away_is_away(fakes: Fakes, http: Http) -> None:
    fakes.fail(channel="x", status=503, body={"title": "x"}, reads=True)
    with pytest.raises(ChannelUnavailable):
        probed(http)


def test_what_was_missed_is_asked_for_by_the_minute(fakes: Fakes, http: Http) -> None:
    assert not X().redeliver(HERE, SINCE, UNTIL, SECRETS, http)
    X().subscribe(HERE, SETTINGS, SECRETS, http)
    assert X().redeliver(HERE, SINCE, UNTIL, SECRETS, http)
    (asked,) = fakes.replayed()
    assert (asked["from_date"], asked["to_date"]) == ("202701150802", "202701150900")
