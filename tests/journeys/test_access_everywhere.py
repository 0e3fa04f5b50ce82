"""On every channel that asks for a key: one that ends is seen within a minute, and its repair."""

import pytest

from chalicelib.channels.offers import Polls, Probes
from chalicelib.channels.registry import CHANNELS
from chalicelib.domain.health import Watch
from chalicelib.store import directory, watches
from tests.conftest import Town, Vault, account

WATCHED = sorted(
    name
    for name, channel in CHANNELS.items()
    if isinstance(channel, Probes | Polls) and name in Vault.known
)


def watch(town: Town, channel: str) -> Watch:
    return watches.find(town.services.table, channel, "1", town.services.now())


def minutes(town: Town, number: int) -> None:
    for _ in range(number):
        town.clock.forward(seconds=60)
        town.sweep()


def test_there_is_something_to_watch() -> None:
    assert {"whatsapp", "telegram", "x"} <= set(WATCHED)


@pytest.mark.parametrize("channel", WATCHED)
def test_a_key_that_ends_is_seen_and_so_is_its_repair(town: Town, channel: str) -> None:
    opened = account(channel, "1")
    opened.settings.update({"poll_seconds": "30", "euros_per_month": "5"})
    town.services.table.write(directory.kept_account(opened))
    minutes(town, 2)
    assert watch(town, channel).state == "healthy", watch(town, channel)
    town.fakes.only_key(channel, "")
    minutes(town, 1)
    assert watch(town, channel).state == "access_lost", watch(town, channel)
    assert len([text for text in town.pager.alarms if f"{channel} 1" in text]) == 1
    town.fakes.clear_access()
    minutes(town, 2)
    assert watch(town, channel).state == "healthy", watch(town, channel)
