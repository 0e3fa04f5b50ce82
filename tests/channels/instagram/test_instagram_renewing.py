"""Keys of Instagram login: renewed halfway their 60 days, and what fails is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.instagram.channel import Instagram
from chalicelib.errors import ChannelAccessLost, ChannelRefused, ChannelUnavailable
from infra.fakes.client import Fakes

SETTINGS = AccountSettings(account="17840000000000055")
LINKED = AccountSettings(account="17840000000000055", settings={"login": "facebook"})
SECRETS = Secrets(current={"access_token": "een-sleutel"})


@pytest.fixture
def http(fakes_server: Fakes) -> Http:
    fakes_server.clear_failures()
    return Http({"instagram": f"{fakes_server.url}/instagram"}, timeout_seconds=0.3)


def test_the_same_access_is_good_for_sixty_days_more(http: Http) -> None:
    found = Instagram().renew(SETTINGS, SECRETS, http)
    assert found.changed == {"access_token": "een-sleutel+"}
    left = found.until - datetime.now(UTC)
    assert timedelta(days=59) < left <= timedelta(days=60)
    assert Instagram().renewal.before == timedelta(days=30)


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        ({"status": 503, "body": {"error": {"code": 2}}}, ChannelUnavailable),
        ({"mode": "timeout_after_acceptance"}, ChannelUnavailable),
        ({"status": 400, "body": {"error": {"code": 100, "message": "te jong"}}}, ChannelRefused),
        ({"status": 400, "body": {"error": {"code": 190}}}, ChannelAccessLost),
    ],
)
def test_what_goes_wrong_leaves_the_old_key_good(
    fakes_server: Fakes, http: Http, failure: dict[str, object], error: type[Exception]
) -> None:
    fakes_server.fail(channel="instagram", reads=True, **failure)
    with pytest.raises(error):
        Instagram().renew(SETTINGS, SECRETS, http)
    assert Instagram().renew(SETTINGS, SECRETS, http).changed


def test_the_key_of_a_page_does_not_end() -> None:
    assert Instagram().renews(SETTINGS, SECRETS)
    assert not Instagram().renews(LINKED, SECRETS)
    assert not Instagram().renews(SETTINGS, Secrets(current={}))


def test_the_watch_knows_when_it_ends(http: Http) -> None:
    until = "2027-03-01T00:00:00.000Z"
    secrets = Secrets(current={**SECRETS.current, "access_token_until": until})
    found = Instagram().probe("", SETTINGS, secrets, http).token_until
    assert found == datetime(2027, 3, 1, tzinfo=UTC)
