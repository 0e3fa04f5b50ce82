"""Both engines do the same to the same writes: SQLite here, DynamoDB there, item for item.

A hundred random batches; for more: ``BATCHES=5000 python -m pytest -k agreement --timeout 900``.
"""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.store.sqlite import SqliteTable
from chalicelib.store.table import Item, Operation, Table
from tests.emulator import emulator
from tests.store.test_table_properties import answer, operations

BATCHES = int(os.environ.get("BATCHES", "100"))
IN_A_ROW = 5
"""Batches that a pair of tables lives through, so that they meet what earlier ones left."""

PARTITIONS = ("CONV#1", "CONV#2")
LISTS = (("by_list", "QUEUE#haven"), ("by_list", "QUEUE#stad"), ("by_due", "DUE#0"))

batches = st.lists(operations, min_size=1, max_size=8)


def state(table: Table) -> list[list[Item]]:
    """All that can be read: each partition, and each partition of the indexes."""
    whole = [table.query(pk, strong=True).items for pk in PARTITIONS]
    lists = [table.query(pk, index=name).items for name, pk in LISTS]
    return whole + [sorted(found, key=lambda item: (item["pk"], item["sk"])) for found in lists]


@settings(max_examples=BATCHES // IN_A_ROW, deadline=None)
@given(row=st.lists(batches, min_size=IN_A_ROW, max_size=IN_A_ROW))
def test_agreement_of_both_engines_on_every_batch(row: list[list[Operation]]) -> None:
    here, there = SqliteTable(":memory:"), emulator().table()
    for batch in row:
        assert answer(there, batch) == answer(here, batch)
        assert state(there) == state(here)
