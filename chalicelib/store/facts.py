"""What happened, listed by the day and the moment on which it did: figures are counted from this.

A fact has no item of its own. It is an entry in an index, of the message or the event that it tells
of, and so it is written with it or not at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.domain import fact as facts
from chalicelib.domain.fact import Fact
from chalicelib.domain.moments import Moment
from chalicelib.store import keys
from chalicelib.store.reading import each
from chalicelib.store.table import Item, Key, Table


@dataclass(frozen=True, slots=True)
class Found:
    """A fact, and the item that it is of."""

    fact: Fact
    key: Key

    @property
    def subject(self) -> str:
        """The conversation it happened in."""
        return self.key.pk.partition("#")[2]


def listed(fact: Fact) -> Item:
    """The index attributes of the item that a fact is of."""
    return keys.fact(fact.at[:10], fact.id, facts.written(fact))


def between(table: Table, day: str, first: str, last: str, now: Moment) -> Iterator[Found]:
    """What happened on a (UTC) day from one clock time up to and with another (``20:41``).

    Shard after shard; within one in the order of time.
    """
    for number in range(keys.FACT_SHARDS):
        partition = keys.facts_partition(day, number)
        for item in each(table, partition, now, index="by_person", between=(first, f"{last}~")):
            yield Found(facts.read(day, item["person_sk"]), Key(item["pk"], item["sk"]))


def of_day(table: Table, day: str, now: Moment) -> Iterator[Found]:
    """Everything of a (UTC) day."""
    return between(table, day, "00:00", "23:59", now)
