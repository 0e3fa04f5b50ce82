"""The engines that the contract suites run on. Another engine is one more line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from chalicelib.store.bucket import Bucket, FolderBucket
from chalicelib.store.s3 import S3Bucket
from chalicelib.store.sqlite import SqliteTable
from chalicelib.store.table import Table
from tests.emulator import emulator
from tests.store.moto import moto_table

TABLES: dict[str, Callable[[Path], Table]] = {
    "sqlite-file": lambda folder: SqliteTable(folder / "table.db"),
    "sqlite-memory": lambda _folder: SqliteTable(":memory:"),
    "dynamo-ministack": lambda _folder: emulator().table(),
    "dynamo-moto": lambda _folder: moto_table(),
}
BUCKETS: dict[str, Callable[[Path], Bucket]] = {
    "folder": lambda folder: FolderBucket(folder / "bucket"),
    "s3-ministack": lambda _folder: S3Bucket(emulator().client("s3"), emulator().bucket()),
}

ADDS_PRECISION = "adds up to 39 digits, where DynamoDB refuses"
MIXES_TYPES = "compares values of different types, where DynamoDB's condition just fails"
SMALLER_ITEMS = "counts more than an item's names and values, and so refuses the largest that fits"
LOSES_UPDATES = "not safe under threads, by its own account"

KNOWN_TO_DIFFER = {
    "[dynamo-ministack-growing over 38 digits]": ADDS_PRECISION,
    "[dynamo-moto-growing over 38 digits]": ADDS_PRECISION,
    "fails[dynamo-moto-Is(name='answered', value=1)]": MIXES_TYPES,
    "fails[dynamo-moto-Above(name='version', value='1')]": MIXES_TYPES,
    "fails[dynamo-moto-Above(name='answered', value=0)]": MIXES_TYPES,
    "fails[dynamo-moto-Below(name='because', value='z')]": MIXES_TYPES,
    "test_the_largest_that_fits_is_kept[dynamo-moto]": SMALLER_ITEMS,
}
"""Where an emulator does otherwise than DynamoDB: each is to fail, and we are told when not."""

LEFT_OUT = {
    "test_of_many_threads_that_claim_one_item_one_wins[dynamo-moto]": LOSES_UPDATES,
    "test_no_addition_of_many_threads_is_lost[dynamo-moto]": LOSES_UPDATES,
    "test_every_write_does_to_the_table_what_it_does_to_the_model[dynamo-moto]": MIXES_TYPES,
    "test_every_walk_through_pages_finds_what_the_model_has[dynamo-moto]": MIXES_TYPES,
}
"""Where an emulator does otherwise only now and then."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for tail, reason in KNOWN_TO_DIFFER.items():
            if item.name.endswith(tail):
                item.add_marker(pytest.mark.xfail(reason=reason, strict=True))
        if item.name in LEFT_OUT:
            item.add_marker(pytest.mark.skip(reason=LEFT_OUT[item.name]))


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
