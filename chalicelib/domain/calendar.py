"""When a team answers: opening hours by weekday, Dutch holidays, deadlines that count only those.

What is urgent counts every minute; only what can wait is counted in opening hours. The holidays are
those of the Algemene termijnenwet article 3 (without Good Friday's exception for offices).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from chalicelib.domain.moments import Moment, instant, later, moment

Period = tuple[time, time]

WEEK = range(7)
"""Monday is 0."""

SUNDAY = 6

LONGEST_LOOK = 400
"""Days. A calendar without any opening hours would be looked through for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """``hours`` are the periods of each weekday; empty: round the clock, holidays too.

    ``zone`` is whose clock the hours are on. With ``holidays`` a team is closed on these.
    """

    hours: dict[int, tuple[Period, ...]] = field(default_factory=dict)
    zone: tzinfo = UTC
    holidays: bool = True

    @property
    def always_open(self) -> bool:
        return not any(self.hours.values())


ROUND_THE_CLOCK = Calendar()


def is_open(calendar: Calendar, at: Moment) -> bool:
    """Whether people answer at this moment."""
    if calendar.always_open:
        return True
    begins = next((begin for begin, _ in open_periods(calendar, at)), None)
    return begins == instant(at)


def within_hours(calendar: Calendar, since: Moment, time_: timedelta) -> Moment:
    """The moment at which so much opening time has passed."""
    if calendar.always_open:
        return later(since, time_)
    left = time_
    for begin, end in open_periods(calendar, since):
        if end - begin >= left:
            return moment(begin + left)
        left -= end - begin
    return later(since, time_)


def open_periods(calendar: Calendar, since: Moment) -> Iterator[tuple[datetime, datetime]]:
    """The opening times from this moment on, the first one only what is left of it."""
    start = instant(since).astimezone(calendar.zone)
    for ahead in range(LONGEST_LOOK):
        day = start.date() + timedelta(days=ahead)
        if calendar.holidays and is_holiday(day):
            continue
        for opens, closes in calendar.hours.get(day.weekday(), ()):
            # In UTC, so that an hour lost or won in the night counts as it was.
            begin = datetime.combine(day, opens, calendar.zone).astimezone(UTC)
            end = datetime.combine(day, closes, calendar.zone).astimezone(UTC)
            if end > start:
                yield max(begin, start.astimezone(UTC)), end


def is_holiday(day: date) -> bool:
    """Whether this is a Dutch public holiday."""
    return day in holidays(day.year)


def holidays(year: int) -> frozenset[date]:
    """New Year, Easter, King's day, Ascension, Whitsun, Christmas; Liberation day once in five."""
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    fixed = {
        date(year, 1, 1),
        date(year, 12, 25),
        date(year, 12, 26),
        kings_day - timedelta(days=kings_day.weekday() == SUNDAY),
    }
    moving = {sunday + timedelta(days=after) for after in (0, 1, 39, 49, 50)}
    liberation = {date(year, 5, 5)} if year % 5 == 0 else set()
    return frozenset(fixed | moving | liberation)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    s = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * s) // 451
    month, day = divmod(h + s - 7 * m + 114, 31)
    return date(year, month, day + 1)


DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")


def read_hours(text: str) -> dict[int, tuple[Period, ...]]:
    """``ma-vr 08:00-12:30 13:00-22:00, za-zo 10:00-18:00``. Raises ``ValueError``.

    A day that is not named is closed; an empty text is round the clock.
    """
    found: dict[int, tuple[Period, ...]] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        days, *periods = part.split()
        first, _, last = days.partition("-")
        span = range(DAYS.index(first), DAYS.index(last or first) + 1)
        for day in span:
            found[day] = tuple(read_period(one) for one in periods)
    return found


def read_period(text: str) -> Period:
    """``08:00-17:30``. Raises ``ValueError``."""
    opens, _, closes = text.partition("-")
    period = time.fromisoformat(opens), time.fromisoformat(closes)
    if period[0] >= period[1]:
        raise ValueError(f"a period ends after it begins: {text}")
    return period
