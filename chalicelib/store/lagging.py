"""A table that shows its writes as late as DynamoDB may: to prove that the flows survive it."""

import threading
from collections import deque
from dataclasses import replace
from typing import Unpack

from chalicelib.store.queries import Asked
from chalicelib.store.sqlite import SqliteTable
from chalicelib.store.table import (
    Change,
    Check,
    Delete,
    Item,
    Key,
    Operation,
    Page,
    Present,
    Put,
)


class LaggingTable:
    """A table in memory of which indexes and not-strong reads are behind until ``settle()``.

    It keeps two tables: the truth, where writes and strong reads go, and an earlier state of it.
    A write reaches that one operation by operation, so that half a transaction can be seen, as
    in DynamoDB's indexes.
    """

    def __init__(self) -> None:
        self._truth = SqliteTable(":memory:")
        self._earlier = SqliteTable(":memory:")
        self._unseen: deque[Put | Change | Delete] = deque()
        self._turn = threading.Lock()

    def get(self, key: Key, *, strong: bool = True) -> Item | None:
        return self._table(strong=strong).get(key)

    def query(self, pk: str, **asked: Unpack[Asked]) -> Page:
        return self._table(strong=asked.get("strong", False)).query(pk, **asked)

    def write(self, *operations: Operation) -> None:
        with self._turn:  # both tables must get the writes in the same order
            self._truth.write(*operations)
            self._unseen.extend(one for one in operations if not isinstance(one, Check))

    def settle(self, count: int | None = None) -> None:
        """Let the next ``count`` written operations be seen everywhere; without it all of them."""
        with self._turn:
            written = len(self._unseen)
            for _ in range(written if count is None else min(count, written)):
                self._earlier.write(as_it_happened(self._unseen.popleft()))

    def _table(self, *, strong: bool) -> SqliteTable:
        return self._truth if strong else self._earlier


def as_it_happened(operation: Put | Change | Delete) -> Put | Change | Delete:
    """The operation without its condition, which held; it follows from the ones before it."""
    if isinstance(operation, Change):
        return replace(operation, only_if=None if operation.set or operation.add else Present("pk"))
    return replace(operation, only_if=None)
