"""The SQL of the embedded engine. Its columns and indexes follow from ``schema.py``."""

from chalicelib.store.queries import Query
from chalicelib.store.schema import INDEXES

INDEX_KEYS = tuple((index.pk, index.sk) for index in INDEXES.values())

_INDEX_COLUMNS = [name for names in INDEX_KEYS for name in names]

SCHEMA = (
    f"""CREATE TABLE IF NOT EXISTS items (
        pk TEXT, sk TEXT, body BLOB NOT NULL, {" TEXT, ".join(_INDEX_COLUMNS)} TEXT,
        PRIMARY KEY (pk, sk)
    ) WITHOUT ROWID""",
    *(
        f"""CREATE INDEX IF NOT EXISTS {name}
        ON items ({index.pk}, {index.sk}, pk, sk) WHERE {index.pk} IS NOT NULL"""
        for name, index in INDEXES.items()
    ),
)

GET = "SELECT body FROM items WHERE pk = ? AND sk = ?"
PUT = " ".join(["REPLACE INTO items VALUES (?, ?, ?", ", ?" * len(_INDEX_COLUMNS), ")"])
DELETE = "DELETE FROM items WHERE pk = ? AND sk = ?"


def select(query: Query) -> tuple[str, list[str | bytes]]:
    """The statement of a query with its parameters; it gives the bodies in order."""
    partition, *sort = query.key_names
    first, end = _span(query)
    position = ", ".join(sort)
    # Bounds travel as bytes, since the end of a prefix is no valid text.
    bound = ", ".join(["CAST(? AS TEXT)"] * len(sort))
    direction = " DESC" if query.reverse else " ASC"
    clauses = (
        "SELECT body FROM items",
        f"WHERE {partition} = ?",
        f"AND ({position}) >= ({bound})",
        f"AND ({position}) < ({bound})",
        f"ORDER BY {', '.join(name + direction for name in sort)}",
    )
    return " ".join(clauses), [query.pk, *first, *end]


def _span(query: Query) -> tuple[list[bytes], list[bytes]]:
    """The first position that belongs to the page, and the first that does not any more."""
    low, high = _sort_key_span(query)
    padding = [b""] * (len(query.key_names) - 2)
    first, end = [low, *padding], [high, *padding]
    if query.last is None:
        return first, end
    last = [text.encode() for text in query.last]
    if query.reverse:
        return first, min(end, last)
    return max(first, [*last[:-1], _just_after(last[-1])]), end


def _sort_key_span(query: Query) -> tuple[bytes, bytes]:
    if query.prefix is not None:
        return query.prefix.encode(), _after_all_that_start_with(query.prefix.encode())
    if query.between is not None:
        low, high = query.between
        return low.encode(), _just_after(high.encode())
    return b"", _after_all_that_start_with(b"")


def _just_after(key: bytes) -> bytes:
    return key + b"\x00"


def _after_all_that_start_with(prefix: bytes) -> bytes:
    # UTF-8 has no byte 0xFF, so this is above every text with the prefix and below the others.
    return prefix + b"\xff"
