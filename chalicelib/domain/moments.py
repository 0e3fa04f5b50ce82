"""Time, written one way: ISO 8601, UTC, milliseconds, ``Z``.

Written so, moments sort as text, which is what the table's sort keys and conditions need.
"""

from datetime import UTC, datetime, timedelta

Moment = str


def moment(at: datetime) -> Moment:
    """Write a time of any zone as a moment; what is finer than a millisecond is cut."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(at: Moment) -> datetime:
    """The time that a moment stands for. Raises ValueError when it is not ISO 8601."""
    return datetime.fromisoformat(at)


def later(at: Moment, by: timedelta) -> Moment:
    """The moment that is ``by`` after ``at``."""
    return moment(instant(at) + by)


def rounded_up(at: Moment, minutes: int) -> Moment:
    """The next moment at which the clock shows a multiple of so many minutes, or ``at`` itself."""
    then = instant(at)
    over = timedelta(
        minutes=then.minute % minutes, seconds=then.second, microseconds=then.microsecond
    )
    return moment(then - over + timedelta(minutes=minutes)) if over else at


def seconds(at: Moment) -> int:
    """Whole epoch seconds, the unit of the table's TTL."""
    return int(instant(at).timestamp())
