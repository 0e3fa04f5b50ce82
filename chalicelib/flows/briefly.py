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
        kept = self.kept(services)
        return self.fresh(services) if kept is None else kept

    def kept(self, services: Services) -> T | None:
        """What was read less than two seconds ago; None where nothing was."""
        now, kept = services.now(), self._kept.get(services.table)
        return kept[1] if kept and kept[0] <= now < later(kept[0], READ_AGAIN) else None

    def fresh(self, services: Services) -> T:
        """Read now, and kept."""
        found = self._read(services)
        self._kept[services.table] = (services.now(), found)
        return found

    def forget(self, services: Services) -> None:
        """It was changed here: the next look reads it."""
        self._kept.pop(services.table, None)
