"""Items to DynamoDB's typed values and back: only the types that the contract allows.

boto3's own serializer asks each value what it is through a dozen checks; ours looks its type up.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from chalicelib.store.table import Item, Key

Typed = dict[str, Any]
"""One value as DynamoDB writes it: ``{"S": "boom"}``, ``{"N": "3"}`` …"""


def typed_item(item: Mapping[str, Any]) -> dict[str, Typed]:
    """The attributes, typed. The item was checked before: it holds no other types."""
    return {name: typed(value) for name, value in item.items()}


def typed_key(key: Key) -> dict[str, Typed]:
    """The address of an item, typed."""
    return {"pk": {"S": key.pk}, "sk": {"S": key.sk}}


def plain_item(item: Mapping[str, Typed]) -> Item:
    """The item as the contract has it."""
    return {name: plain(value) for name, value in item.items()}


def typed(value: Any) -> Typed:
    """One value with its type."""
    return _TYPED[type(value)](value)


def plain(value: Typed) -> Any:
    """One value without its type."""
    ((kind, inside),) = value.items()
    return _PLAIN[kind](inside)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:  # large numbers may come back as 1E+37
        return int(Decimal(text))


_TYPED: dict[type, Callable[[Any], Typed]] = {
    str: lambda text: {"S": text},
    int: lambda number: {"N": str(number)},
    bool: lambda flag: {"BOOL": flag},
    type(None): lambda _: {"NULL": True},
    list: lambda values: {"L": [typed(value) for value in values]},
    dict: lambda values: {"M": typed_item(values)},
}
_PLAIN: dict[str, Callable[[Any], Any]] = {
    "S": lambda text: text,
    "N": _whole,
    "BOOL": lambda flag: flag,
    "NULL": lambda _: None,
    "L": lambda values: [plain(value) for value in values],
    "M": plain_item,
}
