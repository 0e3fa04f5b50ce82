"""What every table does with reads and writes; three other files are about the rest."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.store.table import (
    Absent,
    Change,
    Check,
    ConditionFailed,
    Delete,
    Is,
    Item,
    Key,
    Present,
    Put,
    Table,
)

HERE = Key("CONV#1", "QUEUE")
ELSEWHERE = Key("CONV#2", "QUEUE")


def queue_item(key: Key = HERE, **attributes: object) -> Item:
    return {"pk": key.pk, "sk": key.sk, **attributes}


# --- one item ----------------------------------------------------------------------------------


def test_what_was_put_is_what_is_got(table: Table) -> None:
    item = queue_item(
        text="Er ligt een boom op de Coolsingel 🌳",
        empty="",
        priority=-3,
        big=10**37,
        answered=False,
        nobody=None,
        because=["boom", {"words": ["ligt", 1, None, True]}],
        facts={},
    )
    table.write(Put(item))
    assert table.get(HERE) == item
    assert table.get(HERE, strong=False) == item


def test_what_was_never_put_is_none(table: Table) -> None:
    assert table.get(HERE) is None


def test_a_put_replaces_the_whole_item(table: Table) -> None:
    table.write(Put(queue_item(text="eerst", team="a")))
    table.write(Put(queue_item(text="later")))
    assert table.get(HERE) == queue_item(text="later")


def test_later_changes_of_the_callers_item_do_not_reach_the_table(table: Table) -> None:
    item = queue_item(because=["boom"])
    table.write(Put(item))
    item["because"].append("regen")
    assert table.get(HERE) == queue_item(because=["boom"])


def test_a_change_touches_only_what_it_names(table: Table) -> None:
    table.write(Put(queue_item(text="hallo", claimed_by="agent-1", version=4)))
    table.write(Change(HERE, set={"team": "haven"}, remove=("claimed_by",), add={"version": 1}))
    assert table.get(HERE) == queue_item(text="hallo", team="haven", version=5)


def test_a_change_creates_an_absent_item_with_its_key(table: Table) -> None:
    table.write(Change(HERE, set={"text": "hallo"}, remove=("claimed_by",), add={"count": -2}))
    assert table.get(HERE) == queue_item(text="hallo", count=-2)


def test_a_change_that_only_takes_away_creates_nothing(table: Table) -> None:
    with pytest.raises(ConditionFailed):
        table.write(Change(HERE, remove=("claimed_by",), only_if=Present("pk")))
    assert table.get(HERE) is None


def test_a_deleted_item_is_gone_and_may_be_deleted_again(table: Table) -> None:
    table.write(Put(queue_item()))
    table.write(Delete(HERE))
    table.write(Delete(HERE))
    assert table.get(HERE) is None


# --- transactions ------------------------------------------------------------------------------


def test_a_write_of_many_operations_does_them_all(table: Table) -> None:
    gone, checked = Key("CONV#3", "QUEUE"), Key("CONV#4", "QUEUE")
    table.write(Put(queue_item(gone)), Put(queue_item(checked, team="haven")))
    table.write(
        Put(queue_item(HERE, text="hallo")),
        Change(ELSEWHERE, add={"count": 1}),
        Delete(gone),
        Check(checked, only_if=Is("team", "haven")),
    )
    assert table.get(HERE) == queue_item(HERE, text="hallo")
    assert table.get(ELSEWHERE) == queue_item(ELSEWHERE, count=1)
    assert table.get(gone) is None
    assert table.get(checked) == queue_item(checked, team="haven")


def test_one_failed_condition_undoes_all_and_each_failure_is_told(table: Table) -> None:
    table.write(Put(queue_item(ELSEWHERE, text="er was al iets")))
    third = Key("CONV#3", "QUEUE")
    with pytest.raises(ConditionFailed) as failed:
        table.write(
            Put(queue_item(HERE)),
            Put(queue_item(ELSEWHERE), only_if=Absent("pk")),
            Check(third, only_if=Present("pk")),
        )
    assert failed.value.failed == {1: queue_item(ELSEWHERE, text="er was al iets"), 2: None}
    assert failed.value.position == 1
    assert failed.value.item == queue_item(ELSEWHERE, text="er was al iets")
    assert table.get(HERE) is None


def test_a_hundred_operations_fit_in_one_write(table: Table) -> None:
    table.write(*(Put(queue_item(Key("CONV#1", f"MSG#{n:03}"))) for n in range(100)))
    assert len(table.query("CONV#1").items) == 100


# --- many at once ------------------------------------------------------------------------------


def test_of_many_threads_that_claim_one_item_one_wins(table: Table) -> None:
    table.write(Put(queue_item()))

    def claims(agent: int) -> bool:
        claim = Change(HERE, set={"claimed_by": agent}, only_if=Absent("claimed_by"))
        try:
            table.write(claim)
        except ConditionFailed:
            return False
        return True

    with ThreadPoolExecutor(8) as agents:
        won = list(agents.map(claims, range(8)))
    assert won.count(True) == 1
    assert table.get(HERE) == queue_item(claimed_by=won.index(True))


def test_no_addition_of_many_threads_is_lost(table: Table) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: table.write(Change(HERE, add={"count": 1})), range(80)))
    assert table.get(HERE) == queue_item(count=80)
