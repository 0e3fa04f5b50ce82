"""What DynamoDB makes of a condition and of an operation, given the item as it is."""

import operator

from chalicelib.store.table import (
    Above,
    Absent,
    AllOf,
    AnyOf,
    BadOperation,
    Below,
    Change,
    Check,
    Condition,
    Is,
    Item,
    Operation,
    Present,
    Put,
)

_COMPARISONS = {Is: operator.eq, Below: operator.lt, Above: operator.gt}


def holds(condition: Condition, item: Item) -> bool:
    """Whether the condition holds on this item; an absent item is an empty one."""
    match condition:
        case AllOf(parts):
            return all(holds(part, item) for part in parts)
        case AnyOf(parts):
            return any(holds(part, item) for part in parts)
        case Absent(name):
            return name not in item
        case Present(name):
            return name in item
        case Is(name, value) | Below(name, value) | Above(name, value):
            found = item.get(name)
            # The very same type: in DynamoDB true is not 1, and "2" is not above 1.
            return type(found) is type(value) and _COMPARISONS[type(condition)](found, value)


def outcome(operation: Operation, item: Item | None) -> Item | None:
    """The item after the operation; None when there is none then.

    Raises ``BadOperation`` when it adds to what is no number.
    """
    match operation:
        case Put(new):
            return new
        case Change():
            return _changed(operation, item)
        case Check():
            return item
        case _:
            return None


def _changed(change: Change, item: Item | None) -> Item:
    start = item or {"pk": change.key.pk, "sk": change.key.sk}
    sums = {name: _number(start, name) + amount for name, amount in change.add.items()}
    result = {**start, **change.set, **sums}
    for name in change.remove:
        result.pop(name, None)
    return result


def _number(item: Item, name: str) -> int:
    value = item.get(name, 0)
    if type(value) is not int:
        raise BadOperation("only to a number can be added", attribute=name)
    return value
