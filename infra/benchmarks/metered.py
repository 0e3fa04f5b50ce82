"""A table that counts, for each partition and second, what DynamoDB would charge for its use.

By the published rules: a write costs a unit for each kilobyte of the item, twice in a transaction;
a read half a unit for each four kilobytes that it passes, or a whole one when it is strong. An
index is a partition of its own; each change of a listed item is one write there.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import msgspec

from chalicelib.store.schema import INDEXES
from chalicelib.store.table import Check, Delete, Item, Key, Operation, Page, Table

KILOBYTE = 1024
WRITES_A_SECOND, READS_A_SECOND = 1_000, 3_000
"""What one partition of DynamoDB allows."""

Units = dict[str, Counter[int]]


@dataclass(eq=False)
class Metered:
    """``second`` says which one it is; ``writes`` and ``reads``: units by partition and second."""

    table: Table
    second: Callable[[], int]
    writes: Units = field(default_factory=lambda: defaultdict(Counter))
    reads: Units = field(default_factory=lambda: defaultdict(Counter))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.table, name)

    def get(self, key: Key, *, strong: bool = True) -> Item | None:
        item = self.table.get(key, strong=strong)
        self.read(key.pk, [item] if item else [], strong=strong)
        return item

    def query(self, pk: str, *, strong: bool = False, **how: Any) -> Page:
        page = self.table.query(pk, strong=strong, **how)
        self.read(pk, page.items, strong=strong)
        return page

    def read(self, pk: str, items: list[Item], *, strong: bool) -> None:
        units = max(1, ceil(sum(size(one) for one in items) / KILOBYTE / 4))
        self.reads[pk][self.second()] += units * 2 if strong else units

    def write(self, *operations: Operation) -> None:
        self.table.write(*operations)
        twice = 2 if len(operations) > 1 else 1
        for one in operations:
            item = None if isinstance(one, Delete) else self.table.get(one.key, strong=True)
            cost = 1 if isinstance(one, Check) or not item else ceil(size(item) / KILOBYTE)
            self.writes[one.key.pk][self.second()] += cost * twice
            for listed in () if isinstance(one, Check) else listed_in(item or {}):
                self.writes[listed][self.second()] += 1

    def busiest(self, units: Units, most: int = 6) -> dict[str, int]:
        """The partitions with the busiest second, and what that second cost."""
        peaks = {pk: max(by_second.values()) for pk, by_second in units.items()}
        ranked = sorted(peaks, key=lambda pk: -peaks[pk])[:most]
        return {pk: peaks[pk] for pk in ranked}

    def busiest_read(self) -> dict[str, float]:
        """Likewise in read units: what is counted here is halves."""
        return {pk: halves / 2 for pk, halves in self.busiest(self.reads).items()}

    def all_read(self) -> float:
        """Read units of all partitions together."""
        return sum(halves for by_second in self.reads.values() for halves in by_second.values()) / 2


def size(item: Item) -> int:
    """About what DynamoDB counts: the bytes of names and values."""
    return len(msgspec.json.encode(item))


def listed_in(item: Item) -> Iterator[str]:
    """The partitions of the indexes that hold it."""
    return (str(item[one.pk]) for one in INDEXES.values() if one.pk in item)
