"""A table that lags shows an earlier state to those who may not rely on the latest."""

import pytest

from chalicelib.store.lagging import LaggingTable
from chalicelib.store.table import (
    Absent,
    Change,
    Check,
    ConditionFailed,
    Delete,
    Item,
    Key,
    Present,
    Put,
)

FIRST, SECOND = Key("CONV#1", "QUEUE"), Key("CONV#2", "QUEUE")


def waiting(key: Key) -> Item:
    return {"pk": key.pk, "sk": key.sk, "list_pk": "QUEUE#haven", "list_sk": key.pk}


def in_queue(table: LaggingTable) -> list[str]:
    return [item["pk"] for item in table.query("QUEUE#haven", index="by_list").items]


@pytest.fixture
def table() -> LaggingTable:
    return LaggingTable()


def test_only_strong_reads_see_a_write_before_it_settles(table: LaggingTable) -> None:
    table.write(Put(waiting(FIRST)))
    assert table.get(FIRST) == waiting(FIRST)
    assert table.query("CONV#1", strong=True).items == [waiting(FIRST)]
    assert table.get(FIRST, strong=False) is None
    assert table.query("CONV#1").items == []
    assert in_queue(table) == []
    table.settle()
    assert table.get(FIRST, strong=False) == waiting(FIRST)
    assert table.query("CONV#1").items == [waiting(FIRST)]
    assert in_queue(table) == ["CONV#1"]


def test_an_index_still_lists_what_has_left_the_queue(table: LaggingTable) -> None:
    table.write(Put(waiting(FIRST)))
    table.settle()
    table.write(Change(FIRST, remove=("list_pk",), only_if=Present("pk")))
    assert in_queue(table) == ["CONV#1"]
    table.settle()
    assert in_queue(table) == []


def test_a_transaction_settles_by_halves(table: LaggingTable) -> None:
    table.write(Put(waiting(FIRST)))
    table.settle()
    table.write(
        Check(Key("DIRECTORY", "TEAM#haven"), only_if=Absent("pk")),
        Delete(FIRST, only_if=Present("pk")),
        Put(waiting(SECOND), only_if=Absent("pk")),
    )
    table.settle(1)
    assert in_queue(table) == []
    table.settle(1)
    assert in_queue(table) == ["CONV#2"]


def test_a_condition_is_held_against_the_latest(table: LaggingTable) -> None:
    table.write(Put(waiting(FIRST)))
    with pytest.raises(ConditionFailed) as failed:
        table.write(Put(waiting(FIRST), only_if=Absent("pk")))
    assert failed.value.item == waiting(FIRST)
    table.write(Change(FIRST, add={"version": 2}))
    table.write(Change(FIRST, add={"version": 3}))
    table.settle()
    assert table.get(FIRST, strong=False) == {**waiting(FIRST), "version": 5}


def test_more_than_there_is_may_be_settled(table: LaggingTable) -> None:
    table.write(Put(waiting(FIRST)))
    table.settle(9)
    assert in_queue(table) == ["CONV#1"]
