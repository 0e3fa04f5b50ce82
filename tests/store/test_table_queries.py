"""What every table answers to a query: order, bounds, pages, indexes."""

from itertools import pairwise
from typing import Unpack

import pytest

from chalicelib.store.queries import Asked
from chalicelib.store.schema import INDEXES
from chalicelib.store.table import Change, Item, Key, Present, Put, Table

TIMES = ["MSG#2026-01-01", "MSG#2026-01-02", "MSG#2026-02-01", "MSG#2026-02-02"]


def tell(table: Table, *sort_keys: str, pk: str = "CONV#1") -> None:
    for sk in sort_keys:
        table.write(Put({"pk": pk, "sk": sk, "text": f"bericht {sk}"}))


def enqueue(table: Table, subject: str, priority: str, **attributes: object) -> Item:
    item = {
        "pk": subject,
        "sk": "QUEUE",
        "list_pk": "QUEUE#haven",
        "list_sk": priority,
        **attributes,
    }
    table.write(Put(item))
    return item


def sort_keys(items: list[Item], name: str = "sk") -> list[str]:
    return [item[name] for item in items]


def pages(table: Table, pk: str, **asked: Unpack[Asked]) -> list[list[Item]]:
    found = []
    for _ in range(20):
        page = table.query(pk, **asked)
        found.append(page.items)
        if page.after is None:
            return found
        asked["after"] = page.after
    raise AssertionError("pages without an end")


def test_a_partition_comes_in_the_order_of_its_sort_keys(table: Table) -> None:
    tell(table, *reversed(TIMES), "META")
    tell(table, "META", pk="CONV#2")
    assert sort_keys(table.query("CONV#1").items) == ["META", *TIMES]
    assert sort_keys(table.query("CONV#1", reverse=True, strong=True).items) == [
        *reversed(TIMES),
        "META",
    ]
    assert table.query("CONV#3").items == []


def test_the_order_is_that_of_the_bytes(table: Table) -> None:
    ordered = ["A", "B", "a", "a\x00", "a!", "aa", "z", "é", "ﬁ", "\uffff", "😀", "\U0010ffff"]
    tell(table, *reversed(ordered))
    assert sort_keys(table.query("CONV#1").items) == ordered


def test_a_prefix_narrows_to_what_starts_with_it(table: Table) -> None:
    tell(table, "MSG", "MSG#", "MSG#\U0010ffff\U0010ffff", "MSG$", "EVT#1", "msg#")
    found = table.query("CONV#1", prefix="MSG#").items
    assert sort_keys(found) == ["MSG#", "MSG#\U0010ffff\U0010ffff"]


def test_bounds_are_inclusive(table: Table) -> None:
    tell(table, *TIMES)
    found = table.query("CONV#1", between=("MSG#2026-01-02", "MSG#2026-02-01")).items
    assert sort_keys(found) == TIMES[1:3]
    found = table.query("CONV#1", between=(TIMES[0], TIMES[0]), reverse=True).items
    assert sort_keys(found) == TIMES[:1]


@pytest.mark.parametrize("reverse", [False, True])
def test_bounds_of_an_index_are_inclusive(table: Table, *, reverse: bool) -> None:
    for n, priority in enumerate(["1", "2", "2", "3", "3", "4"]):
        enqueue(table, f"CONV#{n}", priority)
    found = table.query("QUEUE#haven", index="by_list", between=("2", "3"), reverse=reverse).items
    assert sorted(sort_keys(found, "list_sk")) == ["2", "2", "3", "3"]


def test_only_the_attributes_asked_for_are_given(table: Table) -> None:
    table.write(Put({"pk": "CONV#1", "sk": "META", "text": "hallo", "urgency": "spoed"}))
    found = table.query("CONV#1", attributes=("urgency", "sk", "unknown")).items
    assert found == [{"sk": "META", "urgency": "spoed"}]


# --- pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 100])
@pytest.mark.parametrize("reverse", [False, True])
def test_pages_follow_on_without_gap_or_repeat(table: Table, limit: int, *, reverse: bool) -> None:
    tell(table, *TIMES, "META", "NOTE")
    found = pages(table, "CONV#1", prefix="MSG#", reverse=reverse, limit=limit)
    assert all(len(page) <= limit for page in found)
    seen = [sk for page in found for sk in sort_keys(page)]
    assert seen == sorted(TIMES, reverse=reverse)


def test_a_page_goes_on_after_its_last_item_was_removed(table: Table) -> None:
    tell(table, *TIMES)
    first = table.query("CONV#1", limit=2)
    table.write(Change(Key("CONV#1", TIMES[1]), set={"text": ""}))
    tell(table, "MSG#2026-01-03")
    rest = table.query("CONV#1", after=first.after)
    assert sort_keys(rest.items) == ["MSG#2026-01-03", *TIMES[2:]]


def test_a_page_holds_about_a_megabyte(table: Table) -> None:
    for n in range(8):
        table.write(Put({"pk": "CONV#1", "sk": f"MSG#{n}", "text": "x" * 300_000}))
    found = pages(table, "CONV#1", limit=100)
    assert sum(map(len, found)) == 8
    assert all(len(page) in (3, 4) for page in found[:-1])
    assert len(found[-1]) <= 4


def test_items_with_one_index_sort_key_are_all_paged_through(table: Table) -> None:
    subjects = {f"CONV#{n}" for n in range(7)}
    for subject in subjects:
        enqueue(table, subject, "1#2026-01-01")
    enqueue(table, "CONV#first", "0#2026-01-01")
    for limit in (1, 2, 3):
        found = [
            item
            for page in pages(table, "QUEUE#haven", limit=limit, index="by_list")
            for item in page
        ]
        assert found[0]["pk"] == "CONV#first"
        assert len(found) == 8
        assert {item["pk"] for item in found[1:]} == subjects


# --- indexes -----------------------------------------------------------------------------------


def test_an_index_lists_a_partition_of_its_own_in_its_own_order(table: Table) -> None:
    enqueue(table, "CONV#1", "2#2026-01-01")
    enqueue(table, "CONV#2", "1#2026-01-02")
    enqueue(table, "CONV#3", "1#2026-01-01", list_pk="QUEUE#stad")
    found = table.query("QUEUE#haven", index="by_list").items
    assert sort_keys(found, "pk") == ["CONV#2", "CONV#1"]
    found = table.query("QUEUE#haven", index="by_list", prefix="2#").items
    assert sort_keys(found, "pk") == ["CONV#1"]
    found = table.query("QUEUE#haven", index="by_list", between=("1", "3"), reverse=True).items
    assert sort_keys(found, "pk") == ["CONV#1", "CONV#2"]


def test_an_index_is_sparse(table: Table) -> None:
    table.write(
        Put({"pk": "CONV#1", "sk": "META", "text": "hallo"}),
        Put({"pk": "CONV#2", "sk": "META", "list_pk": "QUEUE#haven"}),
        Put({"pk": "CONV#3", "sk": "META", "list_sk": "1"}),
    )
    assert table.query("QUEUE#haven", index="by_list").items == []


def test_an_item_moves_leaves_and_returns_in_an_index(table: Table) -> None:
    enqueue(table, "CONV#1", "2")
    enqueue(table, "CONV#2", "3")
    key = Key("CONV#1", "QUEUE")
    table.write(Change(key, set={"list_sk": "4"}))
    assert sort_keys(table.query("QUEUE#haven", index="by_list").items, "list_sk") == ["3", "4"]
    table.write(Change(key, remove=("list_pk",), only_if=Present("pk")))
    assert sort_keys(table.query("QUEUE#haven", index="by_list").items, "list_sk") == ["3"]
    table.write(Change(key, set={"list_pk": "QUEUE#haven"}))
    assert sort_keys(table.query("QUEUE#haven", index="by_list").items, "list_sk") == ["3", "4"]


@pytest.mark.parametrize("name", INDEXES)
def test_an_index_holds_its_projection_only(table: Table, name: str) -> None:
    index = INDEXES[name]
    keys = {"pk": "CONV#1", "sk": "QUEUE", index.pk: "HERE", index.sk: "1"}
    projected = dict.fromkeys(index.projected, "shown")
    table.write(Put({**keys, **projected, "not_in_any_index": "hidden"}))
    assert table.query("HERE", index=name).items == [{**keys, **projected}]
    assert table.query("HERE", index=name, attributes=("pk", index.sk)).items == [
        {"pk": "CONV#1", index.sk: "1"}
    ]


def test_all_orders_agree_with_the_sort_key(table: Table) -> None:
    for n, priority in enumerate(["b", "a", "é", "b", "Z"]):
        enqueue(table, f"CONV#{n}", priority)
    found = sort_keys(table.query("QUEUE#haven", index="by_list").items, "list_sk")
    assert all(one.encode() <= other.encode() for one, other in pairwise(found))
