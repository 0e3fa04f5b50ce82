"""What nearly every message needs and people seldom change: kept in the process for two seconds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from chalicelib.domain.moments import Moment, later
from chalicelib.flows.services import Services
from chalicelib.store.table import Table

READ_AGAIN = timedelta(seconds=2)

T = TypeVar("T")


class Briefly(Generic[T]):
    """Reads with ``read`` what it does not have, or has had for two seconds."""

    def __init__(self, read: Callable[[Services], T]) -> None:
        self._read = read
        self._kept: WeakKeyDictionary[Table, tuple[Moment, T]] = WeakKeyDictionary()

    def of(self, services: Services) -> T:
        now, kept = services.now(), self._kept.get(services.table)
        if kept is None or not kept[0] <= now < later(kept[0], READ_AGAIN):
            kept = self._kept[services.table] = (now, self._read(services))
        return kept[1]

    def forget(self, services: Services) -> None:
        """It was changed here: the next look reads it."""
        self._kept.pop(services.table, None)
