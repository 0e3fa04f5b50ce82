"""Keys that platforms lend: replaced in time, by one at a time, and lost access says so."""

from dataclasses import dataclass, field, replace

import pytest

from chalicelib.channels.contract import Secrets
from chalicelib.channels.x.renewing import RENEWAL
from chalicelib.flows.running.checking import check
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.renewing import renew
from chalicelib.store import alarms, directory, keys
from tests.conftest import Town, Vault, X, account


@dataclass
class Keyring(Vault):
    """The test accounts' secrets, and a place for new ones."""

    kept: dict[str, str] = field(default_factory=dict)

    def of(self, channel: str, account: str) -> Secrets:
        return Secrets(current=self.kept) if channel == "x" else super().of(channel, account)

    def keep(self, channel: str, account: str, secrets: dict[str, str]) -> None:
        self.kept = dict(secrets)


@pytest.fixture
def ring() -> Keyring:
    lent = {"client_id": "c", "access_token": "oud", "refresh_token": "begin"}
    return Keyring(kept=lent)


@pytest.fixture
def services(town: Town, ring: Keyring) -> Services:
    town.services.table.write(directory.kept_account(account("x", X)))
    return replace(town.services, secrets=ring)


ACCOUNT = account("x", X)


def with_refresh(ring: Keyring, token: str) -> None:
    ring.kept = {**ring.kept, "refresh_token": token}


def test_what_ends_soon_is_replaced_and_the_rest_stays(services: Services, ring: Keyring) -> None:
    with_refresh(ring, "ring-1")
    until = renew(services, ACCOUNT)
    assert until
    assert ring.kept["access_token"].startswith("geleend-")
    assert (ring.kept["client_id"], ring.kept["access_token_until"]) == ("c", until)


def test_what_is_good_for_a_while_is_left_alone(services: Services, ring: Keyring) -> None:
    ring.kept = {**ring.kept, "access_token_until": "2099-01-01T00:00:00.000Z"}
    assert renew(services, ACCOUNT) is None
    assert ring.kept["access_token"] == "oud"


def test_while_one_asks_nobody_else_does(services: Services, ring: Keyring, town: Town) -> None:
    with_refresh(ring, "ring-2")
    town.fakes.fail(channel="x", status=503, body={"title": "x"}, reads=True)
    assert renew(services, ACCOUNT) is None
    assert renew(services, ACCOUNT) is None
    assert ring.kept["access_token"] == "oud"
    town.clock.forward(seconds=RENEWAL.pause.total_seconds() + 1)
    assert renew(services, ACCOUNT)


def test_a_refused_renewal_raises_the_alarm(services: Services, ring: Keyring) -> None:
    with_refresh(ring, "verlopen")
    assert renew(services, ACCOUNT) is None
    (alarm,) = alarms.standing(services.table)
    assert "x" in alarm.text


def test_an_account_that_signs_has_nothing_that_ends(services: Services, ring: Keyring) -> None:
    ring.kept = {"access_token": "t", "access_token_secret": "s"}
    assert renew(services, ACCOUNT) is None


def test_it_happens_when_the_account_is_looked_at(services: Services, ring: Keyring) -> None:
    with_refresh(ring, "ring-3")
    check(services, keys.account("x", X))
    assert ring.kept["access_token"].startswith("geleend-")
