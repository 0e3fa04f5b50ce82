"""Reads kept sums: hours of a stretch of time, and Dutch days. Each is a handful of queries."""

from datetime import timedelta

from chalicelib.domain.dutch_time import Day, days_between
from chalicelib.domain.figures import Counts
from chalicelib.domain.moments import Moment, later
from chalicelib.flows.services import Services
from chalicelib.store import figures
from chalicelib.store.figures import Part, Series, Start

PARTS: tuple[Part, ...] = ("counts", "times")


def hours_between(
    services: Services, team: str, begin: Moment, end: Moment, part: Part = "counts"
) -> dict[Moment, Counts]:
    """A team's hours from a moment until another, both on the hour, by when they begin."""
    found: dict[Moment, Counts] = {}
    last = later(end, -timedelta(hours=1))
    for day in days_between(begin[:10], last[:10]):
        span: tuple[Start, Start] = (
            begin[11:13] if day == begin[:10] else "00",
            last[11:13] if day == last[:10] else "23",
        )
        own = figures.stored(services.table, Series("hour", day, team, part), span, services.now())
        found |= {f"{day}T{hour}:00:00.000Z": counts for hour, counts in own.items()}
    return found


def dutch_days(
    services: Services, team: str, first: Day, last: Day, part: Part = "counts"
) -> dict[Day, Counts]:
    """A team's Dutch days from one up to and with another."""
    found: dict[Day, Counts] = {}
    for month in sorted({day[:7] for day in days_between(first, last)}):
        series = Series("day", month, team, part)
        found |= figures.stored(services.table, series, (first, last), services.now())
    return found
