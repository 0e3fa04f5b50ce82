"""What searches brought, counted each minute with the other figures: its hour and its day.

lines of an hour ──▶ hour ──▶ day        each made whole, and overwritten

At night the day before is counted from the beginning: what was assessed late, taken back, or came
while the clock stood still.
"""

from datetime import timedelta

from chalicelib.domain.feed import FeedSum, day_of_hours, summed
from chalicelib.domain.moments import Moment, later
from chalicelib.flows.listening.overhearing import CANARY
from chalicelib.flows.services import Services
from chalicelib.store import feeds, searches

LATE = timedelta(minutes=3)
"""So long after an hour it is counted once more, for what was being written at its end."""


def count_heard(services: Services) -> None:
    """The hour that it is, of every feed that something can come in."""
    now = services.now()
    hours = sorted({later(now, -LATE)[:13], now[:13]})
    for search in open_feeds(services):
        for hour in hours:
            count_hour(services, search, hour)


def count_heard_day(services: Services, day: str) -> None:
    """A whole (UTC) day, of every feed that something may have come in then."""
    known = searches.every(services.table, services.now())
    ran = [one.id for one in known if one.state in ("active", "ended") and one.until >= day]
    for search in [*ran, CANARY]:
        for hour in range(24):
            count_hour(services, search, f"{day}T{hour:02}")


def open_feeds(services: Services) -> list[str]:
    """The searches that run, and what is near us."""
    now = services.now()
    running = [one.id for one in searches.every(services.table, now) if one.runs(now)]
    return [*running, CANARY]


def count_hour(services: Services, search: str, hour: Moment) -> None:
    """One hour of one feed, and its day; writes only what became different."""
    now = services.now()
    found = summed(feeds.of_hour(services.table, search, hour, now))
    known = feeds.sums(services.table, "hour", search, (hour, hour), now)
    if known.get(hour, FeedSum(counts={})) == found:
        return
    whole_day = f"{hour[:10]}T00", f"{hour[:10]}T23"
    day = feeds.sums(services.table, "hour", search, whole_day, now)
    services.table.write(
        feeds.written("hour", search, hour, found),
        feeds.written("day", search, hour[:10], day_of_hours({**day, hour: found})),
    )
