"""How often to look, and what may be spent on it: even over the month, more in a spike, never over.

usual   at most twice an even share of what is left, each day
spike   looked at four times as often, and up to half of what was left this morning
over    nothing is read, and the page says so
"""

import calendar
from datetime import date, timedelta

FASTER = 4
FASTEST = timedelta(seconds=15)
EVEN = 2
"""A day may take so many times an even share: days differ."""

SPIKE = 0.5
"""Of what was left at the day's begin, a spike may take this part."""


def pace(every: timedelta, *, rising: bool) -> timedelta:
    """How long until the next look."""
    return max(FASTEST, every / FASTER) if rising and every > FASTEST else every


def ration(day: str, budget: int, spent: int, today: int, *, rising: bool) -> int:
    """What may still be spent on this day (``2026-11-22``), in the unit of the others.

    ``spent`` is that of the month, ``today`` of that what this day took.
    """
    this_morning = max(0, budget - (spent - today))
    share = this_morning / days_left(day)
    most = max(EVEN * share, SPIKE * this_morning) if rising else EVEN * share
    return min(round(most) - today, budget - spent)


def days_left(day: str) -> int:
    """Days of the month still to come, this one included."""
    at = date.fromisoformat(day)
    return calendar.monthrange(at.year, at.month)[1] - at.day + 1
