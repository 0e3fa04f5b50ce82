"""Dutch days and hours: figures are read by people who live by this clock. Kept times are UTC."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.domain.moments import Moment, instant, moment

HERE = ZoneInfo("Europe/Amsterdam")

QUARTER_MINUTES = 15
HOURS_A_DAY = 24
QUARTERS_A_DAY = HOURS_A_DAY * 60 // QUARTER_MINUTES

DAY_NAMES = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
"""From Monday on, as ``weekday()`` counts."""

Day = str
"""A Dutch day, written ``2026-11-22``."""


def local(at: Moment) -> datetime:
    """The wall-clock time in the Netherlands."""
    return instant(at).astimezone(HERE)


def day_of(at: Moment) -> Day:
    """The Dutch day in which a moment falls."""
    return local(at).date().isoformat()


def quarter_of(at: Moment) -> int:
    """Which quarter of the Dutch day, 0 to 95; the doubled hour of October counts twice in one."""
    then = local(at)
    return then.hour * 4 + then.minute // QUARTER_MINUTES


def begins_at(day: Day) -> Moment:
    """When a Dutch day begins. Raises ValueError when it is no day."""
    return moment(datetime.combine(datetime.fromisoformat(day), time(), HERE))


def at_clock(text: str) -> Moment:
    """The moment that a Dutch clock shows (``2026-11-21T14:30``). Raises ValueError."""
    return moment(datetime.fromisoformat(text).replace(tzinfo=HERE))


def days_later(day: Day, days: int) -> Day:
    """Another day, by the calendar."""
    return (datetime.fromisoformat(day) + timedelta(days=days)).date().isoformat()


def days_between(first: Day, last: Day) -> Iterator[Day]:
    """Each day from one up to and with another."""
    while first <= last:
        yield first
        first = days_later(first, 1)


def ends_at(day: Day) -> Moment:
    """When the next day begins: 23, 24 or 25 hours later."""
    return begins_at(days_later(day, 1))


def weekday_of(day: Day) -> int:
    """0 is Monday."""
    return datetime.fromisoformat(day).weekday()
