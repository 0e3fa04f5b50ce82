"""A table that counts, for each partition and second, what DynamoDB would charge for its use.

By the published rules: a write costs a unit for each kilobyte of the item, twice in a transaction;
a read half a unit for each four kilobytes that it passes, or a whole one when it is strong. An
index is a partition of its own; each change of a listed item is one write there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from chalicelib.store.limits import size_in_bytes
from chalicelib.store.schema import INDEXES
from chalicelib.store.table import Check, Delete, Item, Key, Operation, Page, Table

KILOBYTE = 1024
WRITES_A_SECOND, READS_A_SECOND = 1_000, 3_000
"""What one partition of DynamoDB allows."""

Units = dict[str, dict[int, float]]


def none_yet() -> Units:
    return defaultdict(lambda: defaultdict(float))


@dataclass(eq=False)
class Metered:
    """``second`` says which one it is; ``writes`` and ``reads``: units by partition and second."""

    table: Table
    second: Callable[[], int]
    writes: Units = field(default_factory=none_yet)
    reads: Units = field(default_factory=none_yet)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.table, name)

    def get(self, key: Key, *, strong: bool = True) -> Item | None:
        item = self.table.get(key, strong=strong)
        self.reads[key.pk][self.second()] += read_units([item] if item else [], strong=strong)
        return item

    def query(self, pk: str, *, strong: bool = False, **how: Any) -> Page:
        page = self.table.query(pk, strong=strong, **how)
        self.reads[pk][self.second()] += read_units(page.items, strong=strong)
        return page

    def write(self, *operations: Operation) -> None:
        self.table.write(*operations)
        twice = 2 if len(operations) > 1 else 1
        for one in operations:
            item = None if isinstance(one, Delete) else self.table.get(one.key, strong=True)
            cost = 1 if isinstance(one, Check) or not item else ceil(size_in_bytes(item) / KILOBYTE)
            self.writes[one.key.pk][self.second()] += cost * twice
            for listed in () if isinstance(one, Check) else listed_in(item or {}):
                self.writes[listed][self.second()] += 1

    def busiest(self, units: Units, most: int = 6) -> dict[str, float]:
        """The partitions with the busiest second, and what that second cost."""
        peaks = {pk: max(by_second.values()) for pk, by_second in units.items()}
        ranked = sorted(peaks, key=lambda pk: -peaks[pk])[:most]
        return {pk: peaks[pk] for pk in ranked}

    def all_read(self) -> float:
        """Read units of all partitions together."""
        return sum(units for by_second in self.reads.values() for units in by_second.values())


def read_units(items: Iterable[Item], *, strong: bool) -> float:
    """Of one read that passed these items, or found nothing."""
    blocks = max(1, ceil(sum(map(size_in_bytes, items)) / KILOBYTE / 4))
    return blocks if strong else blocks / 2


def listed_in(item: Item) -> Iterator[str]:
    """The partitions of the indexes that hold it."""
    return (str(item[one.pk]) for one in INDEXES.values() if one.pk in item)
