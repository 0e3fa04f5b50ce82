"""What DynamoDB refuses in an item, a write or a condition: raised before anything is written.

The embedded engine would swallow most of it, and the bug would show itself in production only.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chalicelib.store.outcomes import holds
from chalicelib.store.schema import INDEXES
from chalicelib.store.table import (
    Above,
    AllOf,
    AnyOf,
    BadOperation,
    Below,
    Change,
    Condition,
    Is,
    Key,
    Operation,
    Put,
)

MAX_OPERATIONS = 100
MAX_ITEM_BYTES = 400 * 1024
MAX_WRITE_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 32
MAX_NUMBER = 10**38
"""DynamoDB keeps 38 digits."""

_KEY_BYTES = {"pk": 2048, "sk": 1024}
_INDEX_KEY_BYTES = {
    name: size
    for index in INDEXES.values()
    for name, size in zip((index.pk, index.sk), _KEY_BYTES.values(), strict=True)
}


def check_write(operations: tuple[Operation, ...]) -> None:
    """Raise ``BadOperation`` when the write is wrong whatever the table holds."""
    if not 0 < len(operations) <= MAX_OPERATIONS:
        raise BadOperation("a write has 1 to 100 operations", count=len(operations))
    for operation in operations:
        _check_operation(operation)
    if len({operation.key for operation in operations}) < len(operations):
        raise BadOperation("one item twice in a write")
    check_sizes(map(_given, operations))


def check_sizes(items: Iterable[Mapping[str, Any]]) -> None:
    """Raise ``BadOperation`` when one of these items, or all together, cannot be written."""
    if sum(map(_checked_size, items)) > MAX_WRITE_BYTES:
        raise BadOperation("a write is at most 4 MB")


def check_key(key: Key) -> None:
    """Raise ``BadOperation`` when no item can have this key."""
    check_key_text("pk", key.pk)
    check_key_text("sk", key.sk)


def check_key_text(name: str, text: object) -> None:
    """Raise ``BadOperation`` unless this is a text that a key attribute can hold.

    ``name`` is ``pk`` or ``sk`` (its limit also holds for the index attributes).
    """
    _check_key_attribute(name, text, _KEY_BYTES[name])


def size_in_bytes(item: Mapping[str, Any]) -> int:
    """How large DynamoDB counts an item, about. Raises ``BadOperation`` for what it cannot hold."""
    return sum(_size_of_name(name) + _size(value, 0) for name, value in item.items())


def _given(operation: Operation) -> Mapping[str, Any]:
    match operation:
        case Put(item):
            return item
        case Change(set=values):
            return values
        case _:
            return {}


def _check_operation(operation: Operation) -> None:
    if isinstance(operation, Put) and not operation.item.keys() >= _KEY_BYTES.keys():
        raise BadOperation("an item has a pk and an sk")
    check_key(operation.key)
    if operation.only_if is not None:
        _check_condition(operation.only_if)
    if isinstance(operation, Change):
        _check_change(operation)


def _check_change(change: Change) -> None:
    names = [*change.set, *change.remove, *change.add]
    if not names:
        raise BadOperation("a change that changes nothing")
    if not (change.set or change.add or _needs_an_item(change.only_if)):
        raise BadOperation("a change that only takes away says that the item is there")
    if len(set(names)) < len(names):
        raise BadOperation("one attribute twice in a change")
    if not _KEY_BYTES.keys().isdisjoint(names):
        raise BadOperation("the key of an item cannot be changed")
    for name in names:
        _size_of_name(name)
    for name, amount in change.add.items():
        if type(amount) is not int:
            raise BadOperation("only a whole number can be added", attribute=name)


def _needs_an_item(condition: Condition | None) -> bool:
    """Whether it fails where there is no item.

    What becomes of "take an attribute away" there, AWS does not say, and its emulators differ.
    """
    return condition is not None and not holds(condition, {})


def _check_condition(condition: Condition) -> None:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            if not parts:
                raise BadOperation("a condition without parts")
            for part in parts:
                _check_condition(part)
        case Is(value=value) if type(value) not in (str, int, bool):
            raise BadOperation("a condition compares with a text, whole number or truth value")
        case Below(value=value) | Above(value=value) if type(value) not in (str, int):
            raise BadOperation("only texts and whole numbers have an order")
        case _:
            pass


def _checked_size(item: Mapping[str, Any]) -> int:
    for name, limit in _INDEX_KEY_BYTES.items():
        if name in item:
            _check_key_attribute(name, item[name], limit)
    size = size_in_bytes(item)
    if size > MAX_ITEM_BYTES:
        raise BadOperation("an item is at most 400 kB", size=size)
    return size


def _check_key_attribute(name: str, text: object, limit: int) -> None:
    if type(text) is not str or not text:
        raise BadOperation("a key attribute is a text, and not empty", attribute=name)
    if _size_of_text(text) > limit:
        raise BadOperation("a key attribute is too long", attribute=name, limit=limit)


def _size_of_name(name: object) -> int:
    if type(name) is not str or not name:
        raise BadOperation("the name of an attribute is a text, and not empty")
    return _size_of_text(name)


def _size(value: object, depth: int) -> int:
    measure = _SIZES.get(type(value))
    if measure is None:
        raise BadOperation("DynamoDB has no such type", type=type(value).__name__)
    if depth > MAX_DEPTH:
        raise BadOperation("DynamoDB nests at most 32 deep")
    return measure(value, depth)


def _size_of_text(text: str, _depth: int = 0) -> int:
    if text.isascii():
        return len(text)
    try:
        return len(text.encode())
    except UnicodeEncodeError as error:
        raise BadOperation("half a character (a lone surrogate) cannot be stored") from error


def _size_of_number(number: int, _depth: int) -> int:
    if abs(number) >= MAX_NUMBER:
        raise BadOperation("DynamoDB keeps 38 digits")
    digits = len(str(abs(number)).rstrip("0"))
    return 1 + (digits + 1) // 2 + (number < 0)


def _size_of_list(values: list[Any], depth: int) -> int:
    return 3 + sum(1 + _size(value, depth + 1) for value in values)


def _size_of_map(values: dict[Any, Any], depth: int) -> int:
    return 3 + sum(
        1 + _size_of_name(name) + _size(value, depth + 1) for name, value in values.items()
    )


def _size_of_flag(_value: object, _depth: int) -> int:
    return 1


_SIZES: dict[type, Callable[[Any, int], int]] = {
    str: _size_of_text,
    int: _size_of_number,
    bool: _size_of_flag,
    type(None): _size_of_flag,
    list: _size_of_list,
    dict: _size_of_map,
}
