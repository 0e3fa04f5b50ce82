"""An appointment with a person: to be called, to see each other by video, or to make an aangifte.

The built-in agenda has places of half an hour within the hours in which people answer. A place is
one key in the store, taken by condition: it cannot be given twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import takewhile
from typing import Literal

from chalicelib.domain.calendar import Calendar, open_periods, read_hours
from chalicelib.domain.dutch_time import HERE
from chalicelib.domain.moments import Moment, later, moment, rounded_up

Way = Literal["call", "video", "aangifte"]

HALF_HOUR = 30

LASTS = timedelta(minutes=HALF_HOUR)
AT_LEAST = timedelta(hours=1)
"""How long beforehand: somebody must be able to see it coming."""

AHEAD = timedelta(days=7)
COMES_UP = timedelta(minutes=5)
"""How long before its time it stands on top of the queue."""

SEATS: dict[Way, int] = {"call": 2, "video": 1, "aangifte": 1}
"""How many at the same time, in each team."""

BY_DAY = read_hours("ma-za 09:00-21:00")
"""Appointments of a team that is open round the clock: nobody is called in the night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Of one case, one at a time. ``phone`` and ``room`` are how to reach each other.

    ``came_up`` once it was put on top of the queue.
    """

    number: str
    way: Way
    team: str
    start: Moment
    seat: int
    phone: str = ""
    room: str = ""
    came_up: bool = False

    @property
    def comes_up_at(self) -> Moment:
        return later(self.start, -COMES_UP)

    @property
    def is_due(self) -> bool:
        """Whether it still has to be put on top of the queue."""
        return not self.came_up


def places(calendar: Calendar, now: Moment) -> list[Moment]:
    """When somebody could be helped in the coming days, by the hours in which people answer."""
    if calendar.always_open:
        calendar = replace(calendar, hours=BY_DAY, zone=HERE)
    since, until = later(now, AT_LEAST), later(now, AHEAD)
    return list(takewhile(lambda at: at < until, starts(calendar, since)))


def starts(calendar: Calendar, since: Moment) -> Iterator[Moment]:
    """The half hours that fit wholly within the opening hours."""
    for begin, end in open_periods(calendar, since):
        at = rounded_up(moment(begin), HALF_HOUR)
        while later(at, LASTS) <= moment(end):
            yield at
            at = later(at, LASTS)


def phone_number(text: str) -> str | None:
    """What was typed as a number that can be called, without spaces; None where it is none."""
    kept = "".join(one for one in text if one not in " -.()")
    digits = kept.removeprefix("+")
    return kept if digits.isdecimal() and digits.isascii() and 8 <= len(digits) <= 15 else None  # noqa: PLR2004 E.164
