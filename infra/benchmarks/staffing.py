"""Staffing held against what came: a desk with the people that were advised is played out.

From day 15 of the generated month on, each quarter gets the people that Erlang A asks for: by our
forecast of at most four hours ahead, by what came a week ago, and with hindsight. The citizens then
come when they came; how long a matter takes and how patient they are is drawn by chance.
"""

import heapq
import random
from collections import deque
from collections.abc import Iterator
from typing import Any

from chalicelib.domain.dutch_time import QUARTER_MINUTES, QUARTERS_A_DAY, Day
from chalicelib.domain.forecasting import forecast, seasonal_naive
from chalicelib.domain.staffing import Desk, people_needed
from infra.benchmarks.forecast import AHEAD, EVERY, LEARNED, WHOLE, Days, channels
from infra.benchmarks.latency import Progress

SIZES = (6_000, 60_000)
"""Messages a month: a desk of one or two people, and one of eight."""

MINUTES, PATIENCE, WITHIN, LEVEL = 6.0, 60.0, 30.0, 0.8
STEPS = 4
"""A minute is played in so many steps."""


def measure(progress: Progress) -> dict[str, Any]:
    """For each size of desk: the share answered in time, and the hours that it took."""
    aim = f"{LEVEL:.0%} within {WITHIN:.0f} minutes"
    found: dict[str, Any] = {"aim": aim, "minutes_a_matter": MINUTES, "patience": PATIENCE}
    for size in SIZES:
        progress(f"staffing: {size} messages a month")
        days = channels(1, size)[WHOLE]
        plans = {"forecast": list(foreseen(days)), "as_a_week_ago": list(a_week_ago(days))}
        plans["hindsight"] = list(afterwards(days))
        found[f"{size} messages"] = {name: played(days, plan) for name, plan in plans.items()}
    return found


def tested(days: Days) -> list[Day]:
    return sorted(days)[LEARNED:-1]


def foreseen(days: Days) -> Iterator[float]:
    """What each quarter was expected to bring, as far as was known then."""
    every = sorted(days)
    for day in tested(days):
        known = {other: days[other] for other in every if other < day}
        for now in range(0, QUARTERS_A_DAY, EVERY):
            yield from (one.mean for one in forecast(known, day, days[day], now, AHEAD))


def a_week_ago(days: Days) -> Iterator[float]:
    for day in tested(days):
        yield from (seasonal_naive(days, day, quarter) for quarter in range(QUARTERS_A_DAY))


def afterwards(days: Days) -> Iterator[float]:
    for day in tested(days):
        yield from (days[day].get(quarter, 0.0) for quarter in range(QUARTERS_A_DAY))


def played(days: Days, expected: list[float]) -> dict[str, Any]:
    """The share of all citizens whose turn came in time, and what it took."""
    came = list(afterwards(days))
    people = [needed(mean) for mean in expected]
    soon, left = desk(came, people, random.Random(7))
    return {
        "turn_in_time": f"{100 * soon / sum(came):.1f}%",
        "gave_up": f"{100 * left / sum(came):.1f}%",
        "hours_of_people_a_day": round(sum(people) / 4 / len(tested(days)), 1),
    }


def needed(mean: float) -> int:
    one = Desk(rate=mean / QUARTER_MINUTES, minutes=MINUTES, patience=PATIENCE)
    return people_needed(one, WITHIN, LEVEL)


def desk(came: list[float], people: list[int], dice: random.Random) -> tuple[int, int]:
    """How many had their turn in time, and how many gave up before it, first come first served.

    As Erlang A counts: the turn of who gave up is when it would have been.
    """
    waiting: deque[tuple[float, float]] = deque()
    busy: list[float] = []
    soon = left = 0
    for quarter, there in enumerate(people):
        begin = float(quarter * QUARTER_MINUTES)
        moments = sorted(begin + QUARTER_MINUTES * dice.random() for _ in range(int(came[quarter])))
        arrivals = deque((at, at + dice.expovariate(1 / PATIENCE)) for at in moments)
        for step in range(QUARTER_MINUTES * STEPS):
            now = begin + step / STEPS
            while arrivals and arrivals[0][0] <= now:
                waiting.append(arrivals.popleft())
            while busy and busy[0] <= now:
                heapq.heappop(busy)
            while waiting and len(busy) < there:
                at, gives_up = waiting.popleft()
                soon += now - at <= WITHIN
                if gives_up < now:
                    left += 1
                    continue
                heapq.heappush(busy, now + dice.expovariate(1 / MINUTES))
        waiting.extend(arrivals)
    return soon, left
