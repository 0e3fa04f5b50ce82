"""The engines that the contract suites run on. Another engine is one more line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from chalicelib.store.bucket import Bucket, FolderBucket
from chalicelib.store.sqlite import SqliteTable
from chalicelib.store.table import Table

TABLES: dict[str, Callable[[Path], Table]] = {
    "sqlite-file": lambda folder: SqliteTable(folder / "table.db"),
    "sqlite-memory": lambda _folder: SqliteTable(":memory:"),
}
BUCKETS: dict[str, Callable[[Path], Bucket]] = {
    "folder": lambda folder: FolderBucket(folder / "bucket"),
}


@pytest.fixture(scope="session", params=TABLES)
def new_table(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Table]:
    """Makes empty tables of one engine, as many as a test wants."""
    return lambda: TABLES[request.param](tmp_path_factory.mktemp("table"))


@pytest.fixture
def table(new_table: Callable[[], Table]) -> Table:
    return new_table()


@pytest.fixture(params=BUCKETS)
def bucket(request: pytest.FixtureRequest, tmp_path: Path) -> Bucket:
    return BUCKETS[request.param](tmp_path)
