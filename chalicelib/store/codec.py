"""Records of the domain to items and back. Absent and None are the same."""

from typing import Any, TypeVar

import msgspec

from chalicelib.store.table import Item, Key

Record = TypeVar("Record")


def to_item(key: Key, record: object, **extra: Any) -> Item:
    """The item of a record under its key, with extra attributes (index keys, expiry)."""
    return {"pk": key.pk, "sk": key.sk, **attributes(record), **extra}


def attributes(record: object) -> Item:
    """A record's attributes that have a value."""
    # Through JSON, since an item holds lists where a record holds tuples.
    plain: Item = msgspec.json.decode(msgspec.json.encode(record))
    return {name: value for name, value in plain.items() if value is not None}


def from_item(kind: type[Record], item: Item) -> Record:
    """The record in an item; attributes that the record does not know are left out.

    Raises ``msgspec.ValidationError`` when the item holds something else.
    """
    return msgspec.convert(item, kind)


def to_text(record: object) -> str:
    """A record as JSON text, for what may hold fractions (items may not)."""
    return msgspec.json.encode(record).decode()


def from_text(kind: type[Record], text: str) -> Record:
    """The record in a JSON text. Raises ``msgspec.ValidationError``."""
    return msgspec.json.decode(text, type=kind)
