"""What is to come in, by quarter of an hour: the shape of a week, and how today compares with it.

    expected = weekday's mean in this quarter, smoothed over its neighbours
               blended with the mean shape of all days at the weekday's level
               x how busy today is so far, which fades as the hours go on

A Dutch public holiday is taken for a Sunday. That is a choice: four weeks hold too few holidays to
learn from. What is known beforehand (a match, New Year's Eve) the reader says (``busier`` in
``flows/figures/looking_ahead.py``).

Why no library: the arrivals of a webcare team are counts of a few in a quarter, with a strong day
and week and little else. On these a smoothed seasonal mean is as good as heavier models, costs
nothing in the package, and everybody can redo it by hand. It is measured against the forecast
"as a week ago" (seasonal-naive) by ``python -m infra bench forecast``; see docs/performance.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.calendar import SUNDAY, is_holiday
from chalicelib.domain.dutch_time import QUARTERS_A_DAY, Day, days_later, weekday_of

KERNEL = (1, 2, 3, 4, 3, 2, 1)
"""Weights of a quarter's neighbours, itself in the middle: an hour and a half in all."""

OWN_WEEKDAY = 0.5
"""How much the weekday's own shape counts, beside the shape of all days."""

STEADY = 40.0
"""So many messages as usual are added to today's before its level is believed."""

FADES = 24
"""Quarters after which half of today's difference is gone."""

SPREAD = 1.2816
"""Eight of ten fall within this many standard deviations."""

OVERDISPERSED = 1.3
"""Variance beside that of chance alone: citizens write about the same things at the same time."""

Quarters = Mapping[int, float]
"""Arrivals by quarter of the day."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What one quarter of an hour is expected to bring; 8 of 10 times from least to most."""

    day: Day
    quarter: int
    mean: float
    least: float
    most: float


def forecast(
    history: Mapping[Day, Quarters], today: Day, so_far: Quarters, now: int, ahead: int
) -> list[Expected]:
    """The coming quarters, the one that runs first. Empty when there is no history at all.

    ``so_far`` is today's until quarter ``now``, which has only begun and is not looked at.
    """
    if not history:
        return []
    usual = usual_day(history, today)
    level = level_of(so_far, usual, now)
    found = []
    shape, day = usual, today
    for step in range(ahead):
        quarter = (now + step) % QUARTERS_A_DAY
        if quarter == 0 and step:
            day = days_later(day, 1)
            shape = usual_day(history, day)
        mean = shape[quarter] * (1 + (level - 1) * 0.5 ** (step / FADES))
        found.append(expected(day, quarter, mean))
    return found


def expected(day: Day, quarter: int, mean: float) -> Expected:
    """With the range that eight of ten fall in."""
    around = SPREAD * (OVERDISPERSED * mean) ** 0.5
    return Expected(day, quarter, mean, max(0.0, mean - around), mean + around)


def level_of(so_far: Quarters, usual: Sequence[float], now: int) -> float:
    """How busy today is beside what is usual; 1 as long as little is known."""
    seen = sum(so_far.get(quarter, 0.0) for quarter in range(now))
    return (seen + STEADY) / (sum(usual[:now]) + STEADY)


def usual_day(history: Mapping[Day, Quarters], day: Day) -> list[float]:
    """What a day like this usually brings, quarter by quarter."""
    kind = kind_of(day)
    own = [quarters for other, quarters in history.items() if kind_of(other) == kind]
    every = smoothed(mean_day(list(history.values())))
    if not own:
        return every
    alike = smoothed(mean_day(own))
    total = sum(every)
    ratio = sum(alike) / total if total else 1.0
    return [
        OWN_WEEKDAY * one + (1 - OWN_WEEKDAY) * other * ratio
        for one, other in zip(alike, every, strict=True)
    ]


def kind_of(day: Day) -> int:
    """Its weekday, 0 is Monday; a public holiday is a Sunday."""
    return SUNDAY if is_holiday(date.fromisoformat(day)) else weekday_of(day)


def mean_day(days: Sequence[Quarters]) -> list[float]:
    """The mean of each quarter."""
    return [
        sum(day.get(quarter, 0.0) for day in days) / len(days) for quarter in range(QUARTERS_A_DAY)
    ]


def smoothed(day: Sequence[float]) -> list[float]:
    """Each quarter with its neighbours; midnight is no wall."""
    reach, whole = len(KERNEL) // 2, sum(KERNEL)
    return [
        sum(weight * day[(quarter + step - reach) % len(day)] for step, weight in enumerate(KERNEL))
        / whole
        for quarter in range(len(day))
    ]


def seasonal_naive(history: Mapping[Day, Quarters], day: Day, quarter: int) -> float:
    """The same quarter a week ago: what a forecast must beat to be worth anything."""
    return history.get(days_later(day, -7), {}).get(quarter, 0.0)
