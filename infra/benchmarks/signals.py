"""Planted events in a generated month: found, how late, and how many alarms were false.

Ours, a fixed threshold and a plain z-score over ten minutes look at the same minutes of the same
series (each channel, each topic). A month of the same sort, with events of its own, comes before:
from it is learned what is usual. Each test is also given the false alarms of the others, by
choosing its height afterwards: that is what it would do at best.
"""

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from statistics import mean, median, pstdev
from typing import Any

from chalicelib.domain import rising
from chalicelib.domain.dutch_time import HERE
from chalicelib.domain.moments import instant
from chalicelib.domain.rising import Habit, Usual
from infra.benchmarks import month
from infra.benchmarks.latency import Progress

UNTIL = datetime(2027, 2, 20, 22, 30, tzinfo=UTC)
"""No clock is put forward or back in the eight weeks before it."""
SEEDS = 2
UNEVEN = 0.2
"""How much whole days differ beyond chance: weather, football, nothing that a calendar knows."""

DAY = 1440
WINDOW = 10
"""Minutes that a threshold and a z-score look back."""

ONE_ALARM = 30
"""Minutes within which a test says the same thing again."""

AFTER = 15
"""Minutes after its end in which an event still counts as found."""

Series = dict[str, list[int]]
Score = Callable[[str, Series, Series], list[float]]
"""A test: how alarming each minute of one series of the month is, knowing the month before."""


def measure(progress: Progress, seeds: int = SEEDS) -> dict[str, Any]:
    """What each test found in as many months, of even days and of uneven ones."""
    return {
        "even days": measured(progress, seeds, uneven=0.0),
        f"days that differ by {UNEVEN:.0%}": measured(progress, seeds, uneven=UNEVEN),
    }


def measured(progress: Progress, seeds: int, uneven: float) -> dict[str, Any]:
    """The same, of one sort of days."""
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    height = 0.0
    for seed in range(1, seeds + 1):
        progress(f"signals: month {seed}/{seeds}")
        before, now = months(seed, uneven)
        height = rising.bound(len(now))
        scores = {name: scored(test, before, now) for name, test in TESTS.items()}
        for name, usual_height in (("ours", height), ("threshold", 20.0), ("z-score", 3.0)):
            found[f"{name}, at {usual_height:.1f}"].append(judged(scores[name], usual_height))
        bearable = max(1.0, judged(scores["ours"], height)["false_a_week"])
        for name in ("threshold", "z-score"):
            tuned = next(
                one
                for one in range(1, 1000)
                if judged(scores[name], one)["false_a_week"] <= bearable
            )
            found[f"{name}, with no more false alarms than ours"].append(
                judged(scores[name], tuned)
            )
    return {
        "months": seeds,
        "series": len(now),
        "events": len(month.EVENTS) * seeds,
        "tests": {name: together(many) for name, many in found.items()},
    }


def months(seed: int, uneven: float) -> tuple[Series, Series]:
    """Minutes of the month that is looked at, and of the one before."""
    return (
        minutes(seed + 100, UNTIL - timedelta(days=month.DAYS), uneven),
        minutes(seed, UNTIL, uneven),
    )


def minutes(seed: int, until: datetime, uneven: float) -> Series:
    """What arrived in each minute, by channel and by topic; ``uneven`` days are lognormal."""
    begin = begin_of(until)
    dice = random.Random(seed + 1_000)
    busy = [math.exp(dice.gauss(-(uneven**2) / 2, uneven)) for _ in range(month.DAYS + 1)]
    found: Series = defaultdict(lambda: [0] * (month.DAYS * DAY + DAY))
    for fact in month.arrivals(random.Random(seed), until):
        at = int((instant(fact.at) - begin) / timedelta(minutes=1))
        times = int(busy[at // DAY] + dice.random())
        for name in (f"channel/{fact.channel}", f"topic/{fact.topic}"):
            found[name][at] += times
    return found


def begin_of(until: datetime) -> datetime:
    """The Dutch midnight at which that month begins."""
    there = until.astimezone(HERE).replace(hour=0, minute=0, second=0, microsecond=0)
    return (there - timedelta(days=month.DAYS)).astimezone(UTC)


def scored(test: Score, before: Series, now: Series) -> dict[str, list[float]]:
    return {name: test(name, before, now) for name in sorted(now)}


# --- the tests -----------------------------------------------------------------------------------


def ours(name: str, before: Series, now: Series) -> list[float]:
    """The highest of the sums, minute by minute; what is usual is learned anew each day."""
    channels = [one for one in now if one.startswith("channel/")]
    whole = Settled(
        [sum(now[one][at] for one in channels) for at in range(month.DAYS * DAY)],
        [
            sum(means)
            for means in zip(*(usual(one, before, now)[0] for one in channels), strict=True)
        ],
    )
    means, sizes = usual(name, before, now)
    own = Settled(now[name], means)
    found: list[float] = []
    sums = [0.0] * len(rising.TIMES)
    for at, mean_ in enumerate(means):
        busy = rising.level(*own.at(at), rising.level(*whole.at(at)))
        here = Usual(mean_ * busy, sizes[at // DAY])
        count = now[name][at]
        sums = [
            max(0.0, score) + rising.ratio(count, here, times)
            for score, times in zip(sums, rising.TIMES, strict=True)
        ]
        found.append(max(sums))
    return found


class Settled:
    """What came and what was usual in the hours before a minute, but for the last half hour."""

    def __init__(self, came: Sequence[float], usual: Sequence[float]) -> None:
        self._came = [0.0, *accumulate(came)]
        self._usual = [0.0, *accumulate(usual)]

    def at(self, minute: int) -> tuple[float, float]:
        begin, end = max(0, minute - rising.LONGEST), max(0, minute - rising.SETTLED)
        return self._came[end] - self._came[begin], self._usual[end] - self._usual[begin]


USUAL: dict[tuple[int, str], tuple[list[float], list[float]]] = {}


def usual(name: str, before: Series, now: Series) -> tuple[list[float], list[float]]:
    """What is usual in each minute, and the size of each day, as known on the day before."""
    key = (id(now), name)
    if key not in USUAL:
        means: list[float] = []
        sizes: list[float] = []
        for day in range(month.DAYS):
            known, shares, weekday = learned(name, before, now, day)
            busy = shares.get(weekday, 1.0)
            means += [known.at(at // 60, at % 60, busy).mean for at in range(DAY)]
            sizes.append(known.size)
        USUAL[key] = (means, sizes)
    return USUAL[key]


def learned(
    name: str, before: Series, now: Series, day: int
) -> tuple[Habit, dict[int, float], int]:
    """What is usual on a day, from the twenty-eight before it; all series tell the weekdays."""
    weekdays: dict[int, list[float]] = defaultdict(list)
    first = begin_of(UNTIL).astimezone(HERE)
    for back in range(1, month.DAYS + 1):
        total = sum(sum(hours_of(one, before, now, day - back)) for one in now if one[0] == "c")
        weekdays[(first + timedelta(days=day - back)).weekday()].append(total)
    shares = rising.weekday_shares(weekdays)
    days = [
        [count / shares[(first + timedelta(days=day - back)).weekday()] for count in
         hours_of(name, before, now, day - back)]
        for back in range(1, month.DAYS + 1)
    ]  # fmt: skip
    return rising.habit(days), shares, (first + timedelta(days=day)).weekday()


HOURS: dict[tuple[int, str, int], list[int]] = {}


def hours_of(name: str, before: Series, now: Series, day: int) -> list[int]:
    """The counts of a day by hour; days before the first are of the month before."""
    key = (id(now), name, day)
    if key not in HOURS:
        series, start = (now, day) if day >= 0 else (before, day + month.DAYS)
        counts = series[name][start * DAY : (start + 1) * DAY]
        HOURS[key] = [sum(counts[hour * 60 : hour * 60 + 60]) for hour in range(24)]
    return HOURS[key]


def threshold(name: str, before: Series, now: Series) -> list[float]:
    """How many in ten minutes."""
    del before
    return [float(one) for one in in_window(now[name])]


def z_score(name: str, before: Series, now: Series) -> list[float]:
    """The same, in standard deviations above the mean of this hour in the month before."""
    known = in_window(before[name])
    by_hour = [
        [known[day * DAY + hour * 60 + at] for day in range(month.DAYS) for at in range(0, 60, 10)]
        for hour in range(24)
    ]
    usual = [(mean(one), pstdev(one) or 1.0) for one in by_hour]
    return [
        (count - usual[at % DAY // 60][0]) / usual[at % DAY // 60][1]
        for at, count in enumerate(in_window(now[name])[: month.DAYS * DAY])
    ]


def in_window(counts: list[int]) -> list[int]:
    found, sum_ = [], 0
    for at, count in enumerate(counts):
        sum_ += count - (counts[at - WINDOW] if at >= WINDOW else 0)
        found.append(sum_)
    return found


TESTS: dict[str, Score] = {"ours": ours, "threshold": threshold, "z-score": z_score}


# --- what came of it -----------------------------------------------------------------------------


def alarms(scores: list[float], height: float) -> Iterator[int]:
    """The minutes in which a test speaks; what goes on within half an hour is one alarm."""
    last = -math.inf
    for at, score in enumerate(scores):
        if score > height:
            if at - last > ONE_ALARM:
                yield at
            last = at


def judged(scores: dict[str, list[float]], height: float) -> dict[str, float]:
    """Events found, the middle delay in minutes, false alarms a week."""
    delays: dict[int, float] = {}
    false = 0
    for name, values in scores.items():
        for at in alarms(values, height):
            number = event_at(name, at)
            if number is None:
                false += 1
            else:
                event = month.EVENTS[number]
                late = at - (event.day * DAY + event.hour * 60)
                delays[number] = min(late, delays.get(number, math.inf))
    return {
        "found": len(delays),
        "delay": median(delays.values()) if delays else math.nan,
        "false_a_week": false / (month.DAYS / 7),
    }


def event_at(name: str, at: int) -> int | None:
    """The planted event that an alarm in this series at this minute tells of."""
    for number, event in enumerate(month.EVENTS):
        start = event.day * DAY + event.hour * 60
        concerns = name in (f"channel/{event.channel}", f"topic/{event.topic}")
        if concerns and start <= at <= start + event.minutes + AFTER:
            return number
    return None


def together(many: list[dict[str, float]]) -> dict[str, Any]:
    """Several months as one."""
    delays = [one["delay"] for one in many if not math.isnan(one["delay"])]
    return {
        "found": int(sum(one["found"] for one in many)),
        "middle_delay_minutes": round(mean(delays), 1) if delays else None,
        "false_alarms_a_week": round(mean(one["false_a_week"] for one in many), 2),
    }
