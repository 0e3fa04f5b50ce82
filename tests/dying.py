"""A process dies at one write: nothing after it happens, and no ``except Exception`` sees it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.flows.services import Services
from chalicelib.store.table import Operation, Table
from tests.conftest import NobodySignsIn, Town


class Killed(BaseException):
    """The process is gone."""


class DyingTable:
    """The same table, until a write that holds such an operation."""

    def __init__(self, table: Table, dies_at: Callable[[Operation], bool]) -> None:
        self._table, self._dies_at = table, dies_at

    def __getattr__(self, name: str) -> Any:
        return getattr(self._table, name)

    def write(self, *operations: Operation) -> None:
        if any(map(self._dies_at, operations)):
            raise Killed
        self._table.write(*operations)


@contextmanager
def dying(town: Town, dies_at: Callable[[Operation], bool]) -> Iterator[None]:
    """What is done within must die there; after it others are at work again."""
    whole = town.services
    table: Any = DyingTable(whole.table, dies_at)
    at_work(town, replace(whole, table=table))
    with pytest.raises(Killed):
        yield
    at_work(town, whole)


def at_work(town: Town, services: Services) -> None:
    """The town and its workers have these parts."""
    town.services = services
    wiring.use(wiring.House(services=services, sign_in=NobodySignsIn()))
