"""Operations and questions in DynamoDB's words: expressions with names and values set apart.

Every name goes in through a placeholder, since DynamoDB reserves some 570 words (``text`` and
``state`` among them).
"""

from dataclasses import dataclass, field
from typing import Any

from chalicelib.store.cursor import from_cursor
from chalicelib.store.dynamo_values import Typed, typed, typed_item, typed_key
from chalicelib.store.queries import Query
from chalicelib.store.table import (
    Above,
    Absent,
    AllOf,
    AnyOf,
    Below,
    Change,
    Check,
    Condition,
    Delete,
    Is,
    Key,
    Operation,
    Present,
    Put,
)

Request = dict[str, Any]

_SIGNS = {Is: "=", Below: "<", Above: ">"}


@dataclass(slots=True)
class Words:
    """The names and values of one request, each under the placeholder that stands for it."""

    names: dict[str, str] = field(default_factory=dict)
    values: dict[str, Typed] = field(default_factory=dict)

    def name(self, name: str) -> str:
        """The placeholder of an attribute's name; the same name, the same one."""
        return self.names.setdefault(name, f"#{len(self.names)}")

    def value(self, value: object) -> str:
        """A placeholder for this value."""
        placeholder = f":{len(self.values)}"
        self.values[placeholder] = typed(value)
        return placeholder

    def attributes(self) -> Request:
        """What a request says about its placeholders; DynamoDB refuses empty ones."""
        names = {placeholder: name for name, placeholder in self.names.items()}
        said = {"ExpressionAttributeNames": names, "ExpressionAttributeValues": self.values}
        return {what: words for what, words in said.items() if words}


def expressed(condition: Condition, words: Words) -> str:
    """The condition as a ConditionExpression."""
    match condition:
        case AllOf(parts):
            return "(" + " AND ".join(expressed(part, words) for part in parts) + ")"
        case AnyOf(parts):
            return "(" + " OR ".join(expressed(part, words) for part in parts) + ")"
        case Absent(name):
            return f"attribute_not_exists({words.name(name)})"
        case Present(name):
            return f"attribute_exists({words.name(name)})"
        case Is(name, value) | Below(name, value) | Above(name, value):
            return f"{words.name(name)} {_SIGNS[type(condition)]} {words.value(value)}"


def request(operation: Operation) -> Request:
    """One operation, as a write of its own or as a part of a transaction; without its table."""
    words = Words()
    said = _subject(operation, words)
    if operation.only_if is not None:
        said["ConditionExpression"] = expressed(operation.only_if, words)
        said["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return said | words.attributes()


def _subject(operation: Operation, words: Words) -> Request:
    match operation:
        case Put(item):
            return {"Item": typed_item(item)}
        case Change():
            return {"Key": typed_key(operation.key), "UpdateExpression": _update(operation, words)}
        case Delete() | Check():
            return {"Key": typed_key(operation.key)}


def _update(change: Change, words: Words) -> str:
    clauses = {
        "SET": [f"{words.name(name)} = {words.value(to)}" for name, to in change.set.items()],
        "REMOVE": [words.name(name) for name in change.remove],
        "ADD": [f"{words.name(name)} {words.value(by)}" for name, by in change.add.items()],
    }
    return " ".join(f"{verb} {', '.join(some)}" for verb, some in clauses.items() if some)


KINDS = {Put: "Put", Change: "Update", Delete: "Delete", Check: "ConditionCheck"}
"""What a transaction calls each operation."""


def get_request(key: Key, *, strong: bool) -> Request:
    """Ask for one item."""
    return {"Key": typed_key(key), "ConsistentRead": strong}


def query_request(query: Query) -> Request:
    """Ask for one page."""
    words = Words()
    said: Request = {
        "KeyConditionExpression": _narrowed(query, words),
        "ScanIndexForward": not query.reverse,
        "ConsistentRead": query.strong,
        "IndexName": query.index,
        "Limit": query.limit,
    }
    if query.after is not None:
        last = from_cursor(query.after, query.key_names, query.pk)
        said["ExclusiveStartKey"] = typed_item(last)
    if query.attributes is not None:
        said["ProjectionExpression"] = ", ".join(map(words.name, query.attributes))
    return {what: value for what, value in said.items() if value is not None} | words.attributes()


def _narrowed(query: Query, words: Words) -> str:
    pk, sk, *_ = query.key_names
    partition = f"{words.name(pk)} = {words.value(query.pk)}"
    if query.prefix is not None:
        return f"{partition} AND begins_with({words.name(sk)}, {words.value(query.prefix)})"
    if query.between is not None:
        low, high = map(words.value, query.between)
        return f"{partition} AND {words.name(sk)} BETWEEN {low} AND {high}"
    return partition
