"""The Table contract: what every engine must do, in the words of DynamoDB.

An item is a dict with string keys ``pk`` and ``sk`` and attributes of str, int, bool, None, list
or dict (no floats: DynamoDB has none; text that needs them is stored as JSON). One write is one or
more operations, all or nothing, each with a condition on the item as it is. Uniqueness and
ownership live in these conditions, never in a read followed by a write.

Three sparse indexes hold the items that carry their two attributes (see ``schema.py``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from chalicelib.errors import WebcareError

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """The address of one item."""

    pk: str
    sk: str


# --- conditions: a small algebra that translates to a DynamoDB ConditionExpression -------------


@dataclass(frozen=True, slots=True)
class Absent:
    """The attribute is not there. ``Absent("pk")``: the item does not exist."""

    name: str


@dataclass(frozen=True, slots=True)
class Present:
    """The attribute is there. ``Present("pk")``: the item exists."""

    name: str


@dataclass(frozen=True, slots=True)
class Is:
    """The attribute is there and equals ``value``."""

    name: str
    value: str | int | bool


@dataclass(frozen=True, slots=True)
class Below:
    """The attribute is there, has the type of ``value`` and is smaller."""

    name: str
    value: str | int


@dataclass(frozen=True, slots=True)
class Above:
    """The attribute is there, has the type of ``value`` and is greater."""

    name: str
    value: str | int


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of these holds."""

    conditions: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these holds."""

    conditions: "tuple[Condition, ...]"


Condition = Absent | Present | Is | Below | Above | AllOf | AnyOf


def all_of(*conditions: Condition) -> AllOf:
    """Every one of these holds."""
    return AllOf(conditions)


def any_of(*conditions: Condition) -> AnyOf:
    """At least one of these holds."""
    return AnyOf(conditions)


# --- operations --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Put:
    """Write the whole item, replacing what was there."""

    item: Item
    only_if: Condition | None = None

    @property
    def key(self) -> Key:
        return Key(self.item["pk"], self.item["sk"])


@dataclass(frozen=True, slots=True)
class Change:
    """Change some attributes of an item; creates it when absent (unless a condition forbids).

    ``set`` gives attributes a value, ``remove`` takes them away, ``add`` adds to a number
    (absent counts as 0). The attributes of the key cannot be changed. One that only removes has
    a condition that fails where there is no item.
    """

    key: Key
    set: Mapping[str, Any] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    add: Mapping[str, int] = field(default_factory=dict)
    only_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove the item; removing what is not there is fine (unless a condition forbids)."""

    key: Key
    only_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Write nothing; only hold the condition within the transaction."""

    key: Key
    only_if: Condition


Operation = Put | Change | Delete | Check


# --- answers -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a query. ``after`` continues it; None when this was the last."""

    items: list[Item]
    after: str | None = None


class ConditionFailed(WebcareError):
    """A condition did not hold, and nothing was written.

    ``position`` is the index of the first failed operation and ``item`` what is there now (None
    when absent): the loser learns who won without a second read. ``positions`` has all of them.
    """

    status = 409

    def __init__(self, failed: dict[int, Item | None]) -> None:
        position = min(failed)
        super().__init__("condition failed", position=position)
        self.failed = failed
        self.position = position
        self.item = failed[position]


class BadOperation(WebcareError):
    """The write or query itself is wrong (a bug of ours), as DynamoDB's ValidationException."""


class Table(Protocol):
    """Get, query, write. Raises ``StoreUnavailable`` when the engine does not answer.

    Limits that every engine holds: 100 operations a write and no item twice in one; an item of at
    most 400 kB; key attributes are non-empty strings, pk of at most 2,048 bytes and sk of at most
    1,024; index attributes, where present, likewise; no floats. Breaking one raises
    ``BadOperation``.
    """

    def get(self, key: Key, *, strong: bool = True) -> Item | None:
        """The item, or None. ``strong=False`` may be slightly out of date and costs half."""
        ...

    def query(
        self,
        pk: str,
        *,
        index: str | None = None,
        prefix: str | None = None,
        between: tuple[str, str] | None = None,
        reverse: bool = False,
        limit: int | None = None,
        after: str | None = None,
        attributes: tuple[str, ...] | None = None,
        strong: bool = False,
    ) -> Page:
        """The items of one partition in the order of their sort key (bytes of its UTF-8).

        ``prefix`` or ``between`` (inclusive) narrow the sort key. ``index`` queries that index's
        partition instead, which may lag and holds projected attributes only (``strong`` is then
        refused). ``attributes`` returns just these. A page holds at most ``limit`` items and
        about 1 MB; follow ``after`` for the rest.
        """
        ...

    def write(self, *operations: Operation) -> None:
        """Do all operations or none. Raises ``ConditionFailed`` when one's condition fails."""
        ...
