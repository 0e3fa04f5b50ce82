"""The embedded engine: the Table contract on one SQLite database."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Unpack

import msgspec

from chalicelib.embedded import Database
from chalicelib.store.limits import check_key, check_sizes, check_write
from chalicelib.store.outcomes import holds, outcome
from chalicelib.store.queries import Asked, Query
from chalicelib.store.sqlite_statements import DELETE, GET, INDEX_KEYS, PUT, SCHEMA, select
from chalicelib.store.table import (
    Check,
    ConditionFailed,
    Delete,
    Item,
    Key,
    Operation,
    Page,
    Put,
)

PAGE_BYTES = 1024 * 1024

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Item).decode


class SqliteTable:
    """A table in a file, or in ``:memory:``. For many threads and processes at once.

    Durable as ``chalicelib/embedded.py`` says. Reads are always up to date here; to see what
    DynamoDB's late indexes do to a flow, use ``LaggingTable``.
    """

    def __init__(self, path: str | Path) -> None:
        self._database = Database(path, SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def get(self, key: Key, *, strong: bool = True) -> Item | None:
        del strong  # every read here is up to date
        check_key(key)
        with self._database.reading() as connection:
            return _find(connection, key)

    def query(self, pk: str, **asked: Unpack[Asked]) -> Page:
        query = Query(pk=pk, **asked)
        statement, parameters = select(query)
        with (
            self._database.reading() as connection,
            closing(connection.execute(statement, parameters)) as rows,
        ):
            return _page(query, rows)

    def write(self, *operations: Operation) -> None:
        check_write(operations)
        with self._database.writing() as connection:
            before = [_current(connection, operation) for operation in operations]
            _check_conditions(operations, before)
            after = [outcome(*pair) for pair in zip(operations, before, strict=True)]
            check_sizes(item for item in after if item is not None)
            for operation, item in zip(operations, after, strict=True):
                _store(connection, operation, item)


def _find(connection: sqlite3.Connection, key: Key) -> Item | None:
    row = connection.execute(GET, (key.pk, key.sk)).fetchone()
    return row and _decode(row[0])


def _page(query: Query, rows: Iterable[tuple[bytes]]) -> Page:
    items: list[Item] = []
    size = 0
    for (body,) in rows:
        items.append(_decode(body))
        size += len(body)
        if len(items) == query.limit or size >= PAGE_BYTES:
            # As with DynamoDB, a full page has a cursor even when nothing follows.
            return Page([query.shown(item) for item in items], query.cursor_after(items[-1]))
    return Page([query.shown(item) for item in items])


def _current(connection: sqlite3.Connection, operation: Operation) -> Item | None:
    if isinstance(operation, Put | Delete) and operation.only_if is None:
        return None  # whatever was there makes no difference
    return _find(connection, operation.key)


def _check_conditions(operations: Iterable[Operation], before: Iterable[Item | None]) -> None:
    failed = {
        position: item
        for position, (operation, item) in enumerate(zip(operations, before, strict=True))
        if operation.only_if is not None and not holds(operation.only_if, item or {})
    }
    if failed:
        raise ConditionFailed(failed)


def _store(connection: sqlite3.Connection, operation: Operation, item: Item | None) -> None:
    key = operation.key
    if isinstance(operation, Check):
        return
    if item is None:
        connection.execute(DELETE, (key.pk, key.sk))
    else:
        connection.execute(PUT, (key.pk, key.sk, _encode(item), *_index_columns(item)))


def _index_columns(item: Item) -> Iterator[str | None]:
    for pk, sk in INDEX_KEYS:
        # An index holds only the items that have both of its attributes.
        indexed = pk in item and sk in item
        yield item[pk] if indexed else None
        yield item[sk] if indexed else None
