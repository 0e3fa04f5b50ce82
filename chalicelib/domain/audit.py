"""What a day of deliveries came to: was anything lost, was anything shown twice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields

from chalicelib.domain.moments import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """One (UTC) day, as it was found when it had ended.

    ``received`` are deliveries that we acknowledged; ``unread`` of these were never read, nor set
    aside as unreadable; ``unplaced`` are messages that were read and wait to be placed for longer
    than an hour. ``repeated`` were delivered again and recognised; ``shown_twice`` were not.
    ``unreadable`` is kept, seen by an operator and can be read again: it is not lost.
    """

    day: str
    at: Moment
    received: int = 0
    accepted: int = 0
    unreadable: int = 0
    unread: int = 0
    unplaced: int = 0
    repeated: int = 0
    shown_twice: int = 0

    @property
    def lost(self) -> int:
        return self.unread + self.unplaced


COUNTS = tuple(field.name for field in fields(Audit) if field.name not in ("day", "at"))


def together(audits: Iterable[Audit]) -> dict[str, int]:
    """The sums over many days."""
    every = list(audits)
    return {name: sum(getattr(one, name) for one in every) for name in (*COUNTS, "lost")}


def shown_twice(ids: Iterable[str]) -> int:
    """How many messages stand in more than one place; the same id names the same message."""
    return sum(count - 1 for count in Counter(ids).values())
