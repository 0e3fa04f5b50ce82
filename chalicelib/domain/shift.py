"""Who is planned to be there: shifts that come back each week, and how many people at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from chalicelib.domain.calendar import DAYS
from chalicelib.domain.dutch_time import local
from chalicelib.domain.moments import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """So many people of a team, on these days (``ma``), by the Dutch clock.

    One that ends at or before it begins goes on past midnight.
    """

    team: str
    days: tuple[str, ...]
    begins: time
    ends: time
    people: int

    def holds(self, at: Moment) -> bool:
        """Whether it is on at this moment."""
        now = local(at)
        today, yesterday = DAYS[now.weekday()], DAYS[now.weekday() - 1]
        clock = now.time()
        if self.begins < self.ends:
            return today in self.days and self.begins <= clock < self.ends
        evening = today in self.days and clock >= self.begins
        return evening or (yesterday in self.days and clock < self.ends)


def people_at(shifts: Iterable[Shift], at: Moment) -> int:
    """How many are planned to be there."""
    return sum(shift.people for shift in shifts if shift.holds(at))
