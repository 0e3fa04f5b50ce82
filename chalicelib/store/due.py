"""The due index: everything that still owes work, by kind, oldest first."""

from collections.abc import Iterator

from chalicelib.domain.moments import Moment
from chalicelib.store import keys
from chalicelib.store.table import Key, Table

A_SWEEP = 500
"""How many a shard gives at most in one sweep; the oldest come first, the rest next minute."""


def overdue(table: Table, kind: keys.Due, now: Moment, a_shard: int = A_SWEEP) -> Iterator[Key]:
    """What should have been done by now."""
    for number in range(keys.DUE_SHARDS):
        page = table.query(
            keys.due_partition(kind, number), index="by_due", between=("0", now), limit=a_shard
        )
        yield from (Key(item["pk"], item["sk"]) for item in page.items)


def owed(table: Table, kind: keys.Due) -> int:
    """How many items of this kind still owe work, overdue or not."""
    return sum(counted(table, keys.due_partition(kind, n)) for n in range(keys.DUE_SHARDS))


def counted(table: Table, partition: str) -> int:
    found, after = 0, None
    while True:
        page = table.query(partition, index="by_due", after=after)
        found, after = found + len(page.items), page.after
        if after is None:
            return found
