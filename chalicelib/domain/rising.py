"""Whether more comes in than is usual: a sequential test whose false alarms are chosen beforehand.

What is usual is learned from four weeks: a robust mean for each hour of the day, times how busy
that day of the week is. Each minute the log-likelihood ratio of "so many times the usual" against
"the usual" is added up and kept above nothing (Page's CUSUM, 1954). As long as nothing is the
matter, that sum passes ``h`` no more often than once in e^h minutes (Lorden, 1971), so the bound
follows from how many false alarms a week are bearable, over all series together.

How busy the last hours were beside the usual counts as well (``level``): a busy day is no event.
Counts vary more than chance alone explains and what is usual is itself a guess: both are in the
negative binomial that takes the place of Poisson, by ``size`` (smaller is more varied).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from chalicelib.domain.dutch_time import HOURS_A_DAY

WEEK = 7 * 24 * 60
FALSE_ALARMS_A_WEEK = 1.0
"""What is bearable, over all series together; the test keeps below it where its model holds."""

TIMES = (2.0, 4.0, 10.0)
"""The rises that are looked for, each with a test of its own: a slow one and a burst."""

LEAST = 0.02
"""Messages a minute that count as usual at least: one an hour is no event."""

FEWEST = 4
"""A rise is told from so many messages on."""

CLIP = 3.0
"""A day counts at most for so many standard deviations above the median: a past event is none."""

LONGEST = 180
"""Minutes that a rise is followed back."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual in one minute: its mean, and the size of the negative binomial."""

    mean: float
    size: float


@dataclass(frozen=True, slots=True)
class Rise:
    """So many came in so many minutes, where ``usual`` ± ``spread`` is common.

    ``sure`` is how far the sum passed the bound, in natural logarithms.
    """

    count: int
    minutes: int
    usual: float
    spread: float
    sure: float


def bound(series: int, a_week: float = FALSE_ALARMS_A_WEEK) -> float:
    """The height at which a sum is no chance, when so many series are watched."""
    return math.log(max(1, series) * len(TIMES) * WEEK / a_week)


def rise_in(counts: Sequence[int], usual: Sequence[Usual], height: float) -> Rise | None:
    """The rise that lasts at the end of these minutes, oldest first; None where there is none."""
    found = [
        told(counts, usual, begin, score - height)
        for times in TIMES
        for score, begin in (summed(counts, usual, times),)
        if score > height
    ]
    strong = [one for one in found if one.count >= FEWEST]
    return max(strong, key=lambda one: one.sure, default=None)


def summed(counts: Sequence[int], usual: Sequence[Usual], times: float) -> tuple[float, int]:
    """The sum at the end, and the minute in which it left nothing."""
    score, begin = 0.0, 0
    for at, (count, one) in enumerate(zip(counts, usual, strict=True)):
        if score <= 0.0:
            score, begin = 0.0, at
        score += ratio(count, one, times)
    return score, begin


def ratio(count: int, usual: Usual, times: float) -> float:
    """How much better ``times`` the usual tells a count, as a logarithm."""
    mean, size = max(LEAST, usual.mean), usual.size
    return count * math.log(times) + (count + size) * math.log(
        (size + mean) / (size + times * mean)
    )


def told(counts: Sequence[int], usual: Sequence[Usual], begin: int, sure: float) -> Rise:
    """The rise in numbers that a person reads."""
    mean = sum(one.mean for one in usual[begin:])
    size = min(one.size for one in usual[begin:])
    spread = math.sqrt(mean + mean**2 / size)
    return Rise(sum(counts[begin:]), len(counts) - begin, mean, spread, sure)


# --- how busy it is now --------------------------------------------------------------------------

TRUST = 30.0
"""So many messages are believed as much as what was believed before."""

CALMEST, BUSIEST = 0.5, 4.0
"""After an hour in which nothing came at all, the usual is still no event."""

SETTLED = 30
"""Minutes: what came in the last half hour does not say what is usual."""


def level(came: float, usual: float, before: float = 1.0) -> float:
    """How busy it is beside the usual, from what came in the last hours.

    A whole day may be busier than any calendar knows. All channels together tell most of it, and
    are what is believed (``before``) of a series of which little is known.
    """
    return min(BUSIEST, max(CALMEST, (came + TRUST * before) / (usual + TRUST)))


# --- what is usual -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Habit:
    """What is usual of one series: messages a minute by hour of the day, and the size."""

    hours: tuple[float, ...]
    size: float

    def at(self, hour: int, minute: int, busy: float = 1.0) -> Usual:
        """At this time of the day, between the middles of the hours; ``busy`` is the weekday's."""
        place = hour + (minute - 30) / 60
        first = math.floor(place)
        part = place - first
        before, after = self.hours[first % HOURS_A_DAY], self.hours[(first + 1) % HOURS_A_DAY]
        return Usual(busy * ((1 - part) * before + part * after), self.size)


def habit(days: Sequence[Sequence[float]]) -> Habit:
    """From the counts of each hour of earlier days, each divided by its weekday's share."""
    hours = [robust([day[hour] for day in days]) for hour in range(HOURS_A_DAY)]
    told_by = sum(sum(day) for day in days)
    return Habit(tuple(one / 60 for one in hours), min(varied(days, hours), told_by + 1))


def robust(counts: Sequence[float]) -> float:
    """The mean, with what lies far above the median brought back: a past event is not usual."""
    if not counts:
        return 0.0
    middle = median(counts)
    most = middle + CLIP * math.sqrt(max(1.0, middle))
    return sum(min(count, most) for count in counts) / len(counts)


def varied(days: Sequence[Sequence[float]], means: Sequence[float]) -> float:
    """The size by which hours vary beyond chance: mean² / (variance - mean), of the usual days."""
    squares = over = 0.0
    for day in days:
        for count, mean in zip(day, means, strict=True):
            off = min((count - mean) ** 2, CLIP**2 * max(1.0, mean))
            squares += mean**2
            over += off - mean
    return 1e6 if over <= 0 else max(1.0, squares / over)


def weekday_shares(days: Mapping[int, Sequence[float]]) -> dict[int, float]:
    """How busy each day of the week is beside the mean day, by the days that were of it."""
    means = {weekday: median(totals) for weekday, totals in days.items() if totals}
    whole = sum(means.values()) / len(means) if means else 0.0
    return {weekday: one / whole if whole else 1.0 for weekday, one in means.items()}
