"""What the embedded engine adds to the contract: it outlives its process, and shares its file."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from chalicelib import embedded
from chalicelib.errors import StoreUnavailable
from chalicelib.store.sqlite import SqliteTable
from chalicelib.store.table import Absent, Change, ConditionFailed, Key, Put

# A child that shares no memory with us, as a second worker on the machine.
processes = get_context("spawn")

RACES = 60


def message(side: str, number: int) -> dict[str, Any]:
    return {"pk": f"CONV#{side}", "sk": f"MSG#{number:06}", "text": "hallo " * 50}


def keep_writing(path: Path, acknowledged: Connection) -> None:
    """Write pairs for ever, telling the number of each pair once it was acknowledged."""
    table = SqliteTable(path)
    number = 0
    while True:
        table.write(Put(message("left", number)), Put(message("right", number)))
        acknowledged.send(number)
        number += 1


def claim_all(path: Path, agent: str, start: Any, won: Connection) -> None:
    """Try to be the first to claim each item; tell which were won."""
    table = SqliteTable(path)
    start.wait()
    won.send([number for number in range(RACES) if claims(table, agent, number)])


def claims(table: SqliteTable, agent: str, number: int) -> bool:
    item = {"pk": f"CONV#{number}", "sk": "QUEUE", "claimed_by": agent}
    try:
        table.write(Put(item, only_if=Absent("pk")))
    except ConditionFailed:
        return False
    return True


def sort_keys(table: SqliteTable, pk: str) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        page = table.query(pk, after=after, attributes=("sk",))
        found += [item["sk"] for item in page.items]
        after = page.after
        if after is None:
            return found


def test_a_killed_process_loses_nothing_acknowledged_and_leaves_nothing_half(
    tmp_path: Path,
) -> None:
    path = tmp_path / "table.db"
    receiver, sender = processes.Pipe(duplex=False)
    writer = processes.Process(target=keep_writing, args=(path, sender))
    writer.start()
    acknowledged = [receiver.recv() for _ in range(300)]
    writer.kill()
    writer.join()
    while receiver.poll():
        acknowledged.append(receiver.recv())
    table = SqliteTable(path)
    left, right = sort_keys(table, "CONV#left"), sort_keys(table, "CONV#right")
    assert left == right
    assert left[: len(acknowledged)] == [f"MSG#{number:06}" for number in acknowledged]
    table.write(Put(message("left", 0)))


def test_of_two_processes_that_claim_one_item_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "table.db"
    start = processes.Barrier(2)
    winners = {}
    for agent in ("agent-1", "agent-2"):
        receiver, sender = processes.Pipe(duplex=False)
        process = processes.Process(target=claim_all, args=(path, agent, start, sender))
        process.start()
        winners[agent] = (process, receiver)
    won = {agent: receiver.recv() for agent, (_, receiver) in winners.items()}
    for process, _ in winners.values():
        process.join()
    assert sorted([*won["agent-1"], *won["agent-2"]]) == list(range(RACES))
    table = SqliteTable(path)
    for agent, numbers in won.items():
        for number in numbers:
            item = table.get(Key(f"CONV#{number}", "QUEUE"))
            assert item is not None
            assert item["claimed_by"] == agent


def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "table.db"
    first = SqliteTable(path)
    first.write(Put(message("left", 1)))
    first.close()
    assert SqliteTable(path).query("CONV#left").items == [message("left", 1)]


def test_a_table_in_memory_is_its_own() -> None:
    one, other = SqliteTable(":memory:"), SqliteTable(":memory:")
    one.write(Put(message("left", 1)))
    assert other.query("CONV#left").items == []


@pytest.mark.parametrize("file", ["table.db", ":memory:"])
def test_no_query_sees_half_a_transaction(tmp_path: Path, file: str) -> None:
    # More than the contract asks: DynamoDB isolates a query item by item only.
    table = SqliteTable(file if file == ":memory:" else tmp_path / file)
    left, right = Key("CONV#1", "META"), Key("CONV#1", "QUEUE")

    def write(number: int) -> None:
        table.write(Change(left, set={"n": number}), Change(right, set={"n": number}))

    def numbers(_: int) -> set[int]:
        return {item["n"] for item in table.query("CONV#1").items}

    write(0)
    with ThreadPoolExecutor(4) as threads:
        writing, reading = threads.map(write, range(200)), threads.map(numbers, range(200))
        assert {len(seen) for seen in reading} == {1}
        list(writing)


def test_a_file_locked_for_too_long_is_unavailable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "PATIENCE", 0.05)
    table = SqliteTable(tmp_path / "table.db")
    table.write(Put(message("left", 1)))
    other = sqlite3.connect(tmp_path / "table.db")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable):
        table.write(Put(message("left", 2)))
    assert len(table.query("CONV#left").items) == 1
    other.rollback()
    other.close()
    table.write(Put(message("left", 2)))
    assert len(table.query("CONV#left").items) == 2


def test_a_file_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        SqliteTable(tmp_path / "no such folder" / "table.db")
