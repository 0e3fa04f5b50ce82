"""Random writes and questions, against a plain dict that follows DynamoDB's rules to the letter."""

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.store.schema import INDEXES
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
    ConditionFailed,
    Delete,
    Is,
    Item,
    Key,
    Operation,
    Present,
    Put,
    Table,
)

# --- the model ---------------------------------------------------------------------------------


def kind(value: object) -> str:
    """DynamoDB's name of the type, so that True and 1 differ."""
    return {str: "S", int: "N", bool: "BOOL", type(None): "NULL", list: "L"}[type(value)]


def true_of(condition: Condition, item: Item) -> bool:
    if isinstance(condition, AllOf):
        return False not in [true_of(part, item) for part in condition.conditions]
    if isinstance(condition, AnyOf):
        return True in [true_of(part, item) for part in condition.conditions]
    if isinstance(condition, Absent | Present):
        return (condition.name in item) == isinstance(condition, Present)
    if condition.name not in item or kind(item[condition.name]) != kind(condition.value):
        return False
    found, value = item[condition.name], condition.value
    return bool({Is: found == value, Below: found < value, Above: found > value}[type(condition)])


class Model:
    """The items by key, and what a write makes of them."""

    def __init__(self) -> None:
        self.items: dict[Key, Item] = {}

    def write(self, operations: list[Operation]) -> str | dict[int, Item | None]:
        if len({operation.key for operation in operations}) < len(operations):
            return "refused"
        failed = {
            position: self.items.get(operation.key)
            for position, operation in enumerate(operations)
            if operation.only_if
            and not true_of(operation.only_if, self.items.get(operation.key, {}))
        }
        return failed or self.apply(operations)

    def apply(self, operations: list[Operation]) -> str:
        items = dict(self.items)
        for operation in operations:
            if isinstance(operation, Put):
                items[operation.key] = operation.item
            elif isinstance(operation, Delete):
                items.pop(operation.key, None)
            elif isinstance(operation, Change) and not self.change(items, operation):
                return "refused"
        self.items = items
        return "written"

    @staticmethod
    def change(items: dict[Key, Item], change: Change) -> bool:
        item = dict(items.get(change.key, {"pk": change.key.pk, "sk": change.key.sk}))
        for name in change.remove:
            item.pop(name, None)
        for name, amount in change.add.items():
            if kind(item.get(name, 0)) != "N":
                return False
            item[name] = item.get(name, 0) + amount
        items[change.key] = {**item, **change.set}
        return True

    def partition(self, pk: str, index: str | None) -> list[Item]:
        pk_name, sk_name = (INDEXES[index].pk, INDEXES[index].sk) if index else ("pk", "sk")
        members = [
            item for item in self.items.values() if item.get(pk_name) == pk and sk_name in item
        ]
        return sorted(members, key=lambda item: bytes(item[sk_name], "utf-8"))


# --- what may be asked -------------------------------------------------------------------------

SORT_KEYS = ["A", "A#", "A#1", "A#é", "A#\U0010ffff", "A$", "B", "ﬁ", "😀"]
keys = st.builds(Key, st.sampled_from(["CONV#1", "CONV#2"]), st.sampled_from(SORT_KEYS))
names = st.sampled_from(["version", "team", "answered"])
values = st.sampled_from([0, 1, 2, -1, "", "1", "haven", "é", True, False])
stored = values | st.none() | st.just(["boom"])
listed = st.fixed_dictionaries(
    {},
    optional={
        "list_pk": st.sampled_from(["QUEUE#haven", "QUEUE#stad"]),
        "list_sk": st.sampled_from(SORT_KEYS),
        "due_pk": st.just("DUE#0"),
        "due_sk": st.sampled_from(SORT_KEYS),
    },
)
attributes = st.builds(
    lambda some, index: {**some, **index}, st.dictionaries(names, stored), listed
)
ordered = st.sampled_from([0, 1, "1", "haven"])
single = st.one_of(
    st.builds(Absent, names | st.just("pk")),
    st.builds(Present, names | st.just("pk")),
    st.builds(Is, names, values),
    st.builds(Below, names, ordered),
    st.builds(Above, names, ordered),
)
several = st.lists(single, min_size=1, max_size=3).map(tuple)
conditions = single | st.builds(AllOf, several) | st.builds(AnyOf, several)
maybe = st.none() | conditions


@st.composite
def changes(draw: st.DrawFn) -> Change:
    set_ = draw(attributes)
    others = {"version", "team", "answered", "list_pk", "due_sk"} - set_.keys()
    removed = draw(st.sets(st.sampled_from(sorted(others)))) if others else set()
    numbers = sorted(others - removed - {"list_pk", "due_sk"})
    added = {name: draw(st.integers(-2, 2)) for name in numbers if draw(st.booleans())}
    if not (set_ or added):  # what only takes away needs a condition of its own
        set_ = {"urgency": "geen"}
    return Change(draw(keys), set_, tuple(sorted(removed)), added, draw(maybe))


puts = st.builds(
    lambda key, some, only_if: Put({"pk": key.pk, "sk": key.sk, **some}, only_if),
    keys,
    attributes,
    maybe,
)
operations = st.one_of(
    puts, puts, changes(), st.builds(Delete, keys, maybe), st.builds(Check, keys, conditions)
)
writes = st.lists(st.lists(operations, min_size=1, max_size=4), min_size=1, max_size=12)
bounds = st.tuples(st.sampled_from(SORT_KEYS), st.sampled_from(SORT_KEYS)).map(sorted).map(tuple)
narrowings: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"prefix": st.sampled_from(SORT_KEYS)}),
    st.fixed_dictionaries({"between": bounds}),
)
partitions = st.sampled_from(
    [("CONV#1", None), ("CONV#2", None), ("QUEUE#haven", "by_list"), ("DUE#0", "by_due")]
)


# --- the table does as the model does ----------------------------------------------------------


def answer(table: Table, operations: list[Operation]) -> str | dict[int, Item | None]:
    try:
        table.write(*operations)
    except ConditionFailed as failed:
        return failed.failed
    except BadOperation:
        return "refused"
    return "written"


def walk(table: Table, pk: str, limit: int, **asked: Any) -> list[Item]:
    found: list[Item] = []
    after = None
    for _ in range(len(SORT_KEYS) * 2 + 1):
        page = table.query(pk, limit=limit, after=after, **asked)
        assert len(page.items) <= limit
        found += page.items
        after = page.after
        if after is None:
            return found
    raise AssertionError("pages without an end")


def lies_within(sk: str, narrowing: dict[str, Any]) -> bool:
    low, high = (
        bytes(bound, "utf-8") for bound in narrowing.get("between", ("", "\U0010ffff" * 9))
    )
    return sk.startswith(narrowing.get("prefix", "")) and low <= bytes(sk, "utf-8") <= high


@settings(max_examples=100, deadline=None)
@given(writes=writes)
def test_every_write_does_to_the_table_what_it_does_to_the_model(
    new_table: Callable[[], Table], writes: list[list[Operation]]
) -> None:
    table, model = new_table(), Model()
    for operations in writes:
        assert answer(table, operations) == model.write(operations)
        for key in {operation.key for operation in operations}:
            assert table.get(key) == model.items.get(key)


@settings(max_examples=100, deadline=None)
@given(
    writes=writes,
    partition=partitions,
    narrowing=narrowings,
    reverse=st.booleans(),
    limit=st.integers(1, 4),
)
def test_every_walk_through_pages_finds_what_the_model_has(
    new_table: Callable[[], Table],
    writes: list[list[Operation]],
    partition: tuple[str, str | None],
    narrowing: dict[str, Any],
    limit: int,
    *,
    reverse: bool,
) -> None:
    table, model = new_table(), Model()
    for operations in writes:
        answer(table, operations)
        model.write(operations)
    pk, index = partition
    sk = INDEXES[index].sk if index else "sk"
    expected = [item for item in model.partition(pk, index) if lies_within(item[sk], narrowing)]
    found = walk(table, pk, limit, index=index, reverse=reverse, **narrowing)
    # Items with one index sort key have no order among each other, in DynamoDB neither.
    in_order = [item[sk] for item in expected]
    assert [item[sk] for item in found] == (in_order[::-1] if reverse else in_order)
    assert {(item["pk"], item["sk"]) for item in found} == {
        (item["pk"], item["sk"]) for item in expected
    }
    assert len(found) == len(expected)
