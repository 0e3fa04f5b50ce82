"""What every table refuses as DynamoDB would, before anything is written."""

from typing import Any

import pytest

from chalicelib.store.cursor import to_cursor
from chalicelib.store.queries import Asked
from chalicelib.store.table import (
    Above,
    Absent,
    BadOperation,
    Below,
    Change,
    Check,
    Delete,
    Is,
    Item,
    Key,
    Operation,
    Present,
    Put,
    Table,
    all_of,
    any_of,
)

HERE = Key("CONV#1", "META")
NESTED_33_DEEP: list[Any] = []
for _ in range(33):
    NESTED_33_DEEP = [NESTED_33_DEEP]


def conversation(**attributes: Any) -> Item:
    return {"pk": HERE.pk, "sk": HERE.sk, **attributes}


WRONG_ITEMS: dict[str, Item] = {
    "no pk": {"sk": "META"},
    "no sk": {"pk": "CONV#1"},
    "empty pk": conversation(pk=""),
    "empty sk": conversation(sk=""),
    "pk is a number": conversation(pk=1),
    "sk is nothing": conversation(sk=None),
    "pk over 2048 bytes": conversation(pk="é" * 1025),
    "sk over 1024 bytes": conversation(sk="é" * 513),
    "empty index key": conversation(list_pk="QUEUE#haven", list_sk=""),
    "index key is a number": conversation(due_pk=3),
    "index key is nothing": conversation(person_sk=None),
    "index partition over 2048 bytes": conversation(list_pk="x" * 2049),
    "index sort key over 1024 bytes": conversation(list_sk="x" * 1025),
    "a fraction": conversation(score=0.5),
    "a fraction deep inside": conversation(because=[{"score": [0.5]}]),
    "a tuple": conversation(because=("boom",)),
    "a set": conversation(because={"boom"}),
    "bytes": conversation(body=b"boom"),
    "a number as a name": conversation(facts={1: "boom"}),
    "an empty name": conversation(**{"": "boom"}),
    "39 digits": conversation(count=10**38),
    "half a character": conversation(text="\ud83c"),
    "nested too deep": conversation(because=NESTED_33_DEEP),
    "over 400 kB": conversation(text="x" * 409_600),
    "over 400 kB in bytes": conversation(text="é" * 204_800),
    "over 400 kB in its parts": conversation(because=["x" * 1000] * 410),
}

WRONG_CHANGES: dict[str, Change] = {
    "nothing": Change(HERE),
    "only taking away, whether there is an item or not": Change(HERE, remove=("answered",)),
    "only taking away, from no item": Change(HERE, remove=("a",), only_if=Absent("pk")),
    "the pk": Change(HERE, set={"pk": "CONV#2"}),
    "removing the sk": Change(HERE, remove=("sk",)),
    "adding to the sk": Change(HERE, add={"sk": 1}),
    "set and removed": Change(HERE, set={"team": "haven"}, remove=("team",)),
    "set and added": Change(HERE, set={"count": 1}, add={"count": 1}),
    "removed twice": Change(HERE, remove=("team", "team")),
    "an empty name": Change(HERE, remove=("",)),
    "adding to a text": Change(HERE, add={"text": 1}),
    "adding to a truth value": Change(HERE, add={"answered": 1}),
    "adding a truth value": Change(HERE, add={"count": True}),
    "a fraction": Change(HERE, set={"score": 0.5}),
    "adding a fraction": Change(HERE, add={"count": 0.5}),  # type: ignore[dict-item]
    "growing over 38 digits": Change(HERE, add={"big": 2}),
    "growing over 400 kB": Change(HERE, set={"more": "x" * 300_000}),
    "emptying an index key": Change(HERE, set={"list_sk": ""}),
    "an empty key": Change(Key("CONV#1", ""), set={"team": "haven"}),
}

WRONG_WRITES: dict[str, list[Operation]] = {
    "nothing": [],
    "101 operations": [Put(conversation(sk=f"MSG#{n}")) for n in range(101)],
    "one item twice": [Put(conversation()), Check(HERE, only_if=Present("pk"))],
    "over 4 MB": [Put(conversation(sk=f"MSG#{n}", text="x" * 400_000)) for n in range(11)],
    "one bad among good": [Put(conversation(sk="MSG#1")), Put(conversation(score=0.5))],
    "empty key to delete": [Delete(Key("", "META"))],
    "empty key to check": [Check(Key("CONV#1", ""), only_if=Present("pk"))],
    "all of nothing": [Delete(HERE, only_if=all_of())],
    "any of nothing": [Delete(HERE, only_if=all_of(any_of()))],
    "is a fraction": [Delete(HERE, only_if=Is("score", 0.5))],  # type: ignore[arg-type]
    "below nothing": [Delete(HERE, only_if=Below("count", None))],  # type: ignore[arg-type]
    "above a truth value": [Delete(HERE, only_if=Above("answered", value=False))],
}

WRONG_QUESTIONS: dict[str, Asked] = {
    "unknown index": {"index": "by_name"},
    "strong read of an index": {"index": "by_list", "strong": True},
    "prefix and bounds": {"prefix": "MSG#", "between": ("a", "b")},
    "empty prefix": {"prefix": ""},
    "empty bound": {"between": ("", "b")},
    "too long a bound": {"between": ("a", "b" * 1025)},
    "bounds reversed": {"between": ("b", "a")},
    "no items": {"limit": 0},
    "no attributes": {"attributes": ()},
    "an attribute twice": {"attributes": ("text", "text")},
    "attributes that the index lacks": {"index": "by_due", "attributes": ("text",)},
    "an invented cursor": {"after": "verder"},
    "a cursor in no alphabet": {"after": "é"},
    "a cursor of another partition": {"after": to_cursor({"pk": "CONV#2", "sk": "META"})},
    "a cursor of the table for an index": {
        "index": "by_list",
        "after": to_cursor({"pk": "CONV#1", "sk": "META"}),
    },
}


@pytest.mark.parametrize("item", WRONG_ITEMS.values(), ids=WRONG_ITEMS)
def test_an_item_is_refused_with(table: Table, item: Item) -> None:
    with pytest.raises(BadOperation):
        table.write(Put(item))
    assert table.query("CONV#1").items == []


@pytest.mark.parametrize("change", WRONG_CHANGES.values(), ids=WRONG_CHANGES)
def test_a_change_is_refused_of(table: Table, change: Change) -> None:
    before = conversation(text="x" * 200_000, answered=True, big=10**38 - 1)
    table.write(Put(before))
    with pytest.raises(BadOperation):
        table.write(change)
    assert table.query("CONV#1").items == [before]


@pytest.mark.parametrize("operations", WRONG_WRITES.values(), ids=WRONG_WRITES)
def test_a_write_is_refused_of(table: Table, operations: list[Operation]) -> None:
    with pytest.raises(BadOperation):
        table.write(*operations)
    assert table.query("CONV#1").items == []


@pytest.mark.parametrize("asked", WRONG_QUESTIONS.values(), ids=WRONG_QUESTIONS)
def test_a_query_is_refused_with(table: Table, asked: Asked) -> None:
    with pytest.raises(BadOperation):
        table.query("CONV#1", **asked)


@pytest.mark.parametrize("pk", ["", "x" * 2049, None])
def test_a_partition_is_refused_that_cannot_be(table: Table, pk: Any) -> None:
    with pytest.raises(BadOperation):
        table.query(pk)
    with pytest.raises(BadOperation):
        table.get(Key(pk, "META"))


def test_the_largest_that_fits_is_kept(table: Table) -> None:
    names = len("pk") + len("sk") + len("text") + len(HERE.pk) + len(HERE.sk)
    largest = conversation(text="x" * (409_600 - names))
    table.write(Put(largest))
    assert table.get(HERE) == largest
    with pytest.raises(BadOperation):
        table.write(Put(conversation(text=largest["text"] + "x")))


def test_a_refused_write_is_refused_whatever_its_condition(table: Table) -> None:
    with pytest.raises(BadOperation):
        table.write(Put(conversation(score=0.5), only_if=Present("pk")))
