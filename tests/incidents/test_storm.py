"""A storm of posts about one incident: who writes where, counted by partition."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from chalicelib.flows.incidents.coordinating import view_incidents
from chalicelib.store import keys
from chalicelib.store.table import Check, Operation, Table
from tests.conftest import Town
from tests.incidents.test_in_the_service import FIRE, NADIA, SMOKE

POSTS = 120
IN_SECONDS = 4
"""Thirty a second, as 20,000 in some ten minutes."""


@dataclass(eq=False)
class Counting:
    """The table, and how often each partition was written."""

    table: Table
    written: Counter[str] = field(default_factory=Counter)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.table, name)

    def write(self, *operations: Operation) -> None:
        self.table.write(*operations)
        self.written.update(one.key.pk for one in operations if not isinstance(one, Check))


@pytest.mark.slow
def test_no_partition_is_written_for_each_post(city: Town) -> None:
    counting = Counting(city.services.table)
    city.services = replace(city.services, table=counting)
    from chalicelib import wiring  # noqa: PLC0415 - the town joins its own parts first
    from tests.conftest import NobodySignsIn  # noqa: PLC0415 - see above

    wiring.use(wiring.House(services=city.services, sign_in=NobodySignsIn()))
    for number in range(POSTS):
        city.clock.forward(seconds=IN_SECONDS / POSTS)
        text = (FIRE, SMOKE)[number % 2] + f" {number}"
        city.whatsapp(text, author=f"NL.{number}", id_=f"wamid.s{number}")
        city.work()
    city.clock.forward(minutes=2)
    city.sweep()
    city.work()
    (incident,) = view_incidents(city.services, NADIA, "open")
    assert (incident.messages, incident.reporters) == (POSTS, POSTS)
    own = counting.written[keys.conversation_partition(incident.subject)]
    shards = [
        counting.written[keys.member_partition(incident.subject, number)]
        for number in range(keys.MEMBER_SHARDS)
    ]
    assert own < POSTS
    assert counting.written[keys.PICTURES] < POSTS / 2
    assert max(shards) < POSTS / 3
    assert sum(counting.written[keys.slots_of(day)] for day in ("2026-11-21",)) <= 4
