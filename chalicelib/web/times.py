"""Moments as a person reads them: Dutch wall-clock time, and how long something lasts."""

from datetime import timedelta

from chalicelib.domain.dutch_time import local
from chalicelib.domain.moments import Moment, instant, moment
from chalicelib.web.language import Words

DAY_BEGINS = 9
"""The hour at which something set aside until tomorrow comes back."""

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def clock(words: Words, at: Moment, now: Moment) -> str:
    """``14:03`` today, ``gisteren 14:03``, ``19 nov 14:03``."""
    then, today = local(at), local(now).date()
    time = f"{then:%H:%M}"
    days = (today - then.date()).days
    if days == 0:
        return time
    if days in (1, -1):
        return words("time.yesterday" if days == 1 else "time.tomorrow", time=time)
    return f"{day(words, at, now)} {time}"


def day(words: Words, at: Moment, now: Moment) -> str:
    """``19 nov``, with the year when it is another one."""
    then = local(at)
    year = f" {then.year}" if then.year != local(now).year else ""
    return f"{then.day} {words(f'time.month.{then.month}')}{year}"


def seconds_between(start: Moment, end: Moment) -> int:
    return int((instant(end) - instant(start)).total_seconds())


def lasting(words: Words, seconds: int) -> str:
    """``3 min``, ``2 u 5 min``, ``3 d``: rounded down, so that nothing seems longer than it is."""
    if seconds < MINUTE:
        return words("time.moment")
    if seconds < HOUR:
        return words("time.minutes", m=seconds // MINUTE)
    if seconds < DAY:
        return words("time.hours", h=seconds // HOUR, m=f"{seconds % HOUR // MINUTE:02}")
    return words.count("time.days", seconds // DAY)


def minutes_and_seconds(seconds: int) -> str:
    """``1:32`` for a clock that runs down; nothing once it has."""
    return f"{seconds // MINUTE}:{seconds % MINUTE:02}" if seconds > 0 else ""


def tomorrow_morning(now: Moment) -> Moment:
    """Nine o'clock on the next Dutch day, whatever summer time does that night."""
    morning = local(now).replace(hour=DAY_BEGINS, minute=0, second=0, microsecond=0)
    return moment(morning + timedelta(days=1))
