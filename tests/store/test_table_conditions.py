"""When every table's conditions hold, and what the loser learns when they do not."""

import pytest

from chalicelib.store.table import (
    Above,
    Absent,
    Below,
    Change,
    Check,
    Condition,
    ConditionFailed,
    Delete,
    Is,
    Item,
    Key,
    Present,
    Put,
    Table,
    all_of,
    any_of,
)

HERE = Key("CONV#1", "QUEUE")


def queue_item(**attributes: object) -> Item:
    return {"pk": HERE.pk, "sk": HERE.sk, **attributes}


HOLDING: list[Condition] = [
    Present("pk"),
    Absent("claimed_by"),
    Present("nobody"),
    Is("team", "haven"),
    Is("version", 2),
    Is("answered", value=True),
    Below("version", 3),
    Above("version", -5),
    Above("due_at", "2026-01-01"),
    Below("team", "haven "),
    Above("name", "\uffff"),
    all_of(Present("team"), any_of(Is("version", 9), Is("version", 2))),
]
FAILING: list[Condition] = [
    Absent("pk"),
    Present("claimed_by"),
    Is("team", "stad"),
    Is("claimed_by", "agent-1"),
    Is("version", "2"),
    Is("version", value=True),
    Is("answered", 1),
    Is("nobody", ""),
    Below("version", 2),
    Above("version", 2),
    Above("version", "1"),
    Below("claimed_by", "z"),
    Below("claimed_by", 9),
    Above("answered", 0),
    Below("because", "z"),
    all_of(Present("team"), Is("version", 9)),
    any_of(Absent("team"), all_of(Present("claimed_by"), Present("team"))),
]
ITEM = queue_item(
    team="haven",
    version=2,
    answered=True,
    nobody=None,
    due_at="2026-05-01",
    name="😀",
    because=["boom"],
)


@pytest.mark.parametrize("condition", HOLDING, ids=str)
def test_a_write_happens_when_its_condition_holds(table: Table, condition: Condition) -> None:
    table.write(Put(ITEM))
    table.write(Change(HERE, set={"changed": True}, only_if=condition))
    assert table.get(HERE) == {**ITEM, "changed": True}


@pytest.mark.parametrize("condition", FAILING, ids=str)
def test_nothing_happens_when_its_condition_fails(table: Table, condition: Condition) -> None:
    table.write(Put(ITEM))
    for operation in (
        Put(queue_item(), only_if=condition),
        Change(HERE, set={"changed": True}, only_if=condition),
        Delete(HERE, only_if=condition),
        Check(HERE, only_if=condition),
    ):
        with pytest.raises(ConditionFailed) as failed:
            table.write(operation)
        assert failed.value.failed == {0: ITEM}
    assert table.get(HERE) == ITEM


def test_on_an_absent_item_only_absence_holds(table: Table) -> None:
    table.write(Check(HERE, only_if=Absent("pk")))
    for condition in (Present("pk"), Is("version", 0), Below("version", 9), Above("name", "a")):
        with pytest.raises(ConditionFailed) as failed:
            table.write(Put(queue_item(), only_if=condition))
        assert failed.value.item is None


def test_the_second_to_claim_learns_who_was_first(table: Table) -> None:
    table.write(Put(queue_item()))
    table.write(Change(HERE, set={"claimed_by": "agent-1"}, only_if=Absent("claimed_by")))
    with pytest.raises(ConditionFailed) as failed:
        table.write(Change(HERE, set={"claimed_by": "agent-2"}, only_if=Absent("claimed_by")))
    assert failed.value.item == queue_item(claimed_by="agent-1")
