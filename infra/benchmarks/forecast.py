"""The forecast held against what came, on the generated month: error beside "as a week ago".

From day 15 on, each four hours, the coming four hours are forecast from what was known then.
"""

import random
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.dutch_time import QUARTERS_A_DAY, Day, day_of, quarter_of
from chalicelib.domain.forecasting import forecast, seasonal_naive
from infra.benchmarks import month
from infra.benchmarks.latency import Progress

UNTIL = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)
LEARNED, EVERY, AHEAD, SEEDS = 15, 16, 16, 3
WHOLE = "all channels"

Days = dict[Day, dict[int, float]]


def measure(progress: Progress) -> dict[str, Any]:
    """Mean absolute error a quarter, ours and as a week ago, and how often the range held."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0] * 5)
    for seed in range(1, SEEDS + 1):
        progress(f"forecast: month {seed}/{SEEDS}")
        for name, days in channels(seed).items():
            for found in tested(days):
                sums[name] = [a + b for a, b in zip(sums[name], found, strict=True)]
    return {name: told(*found) for name, found in sorted(sums.items(), key=lambda p: -p[1][3])}


def channels(seed: int, messages: int = month.MESSAGES) -> dict[str, Days]:
    """Arrivals by Dutch day and quarter, of all and of each channel."""
    found: dict[str, Days] = {}
    for one in month.arrivals(random.Random(seed), UNTIL, messages):
        for name in (WHOLE, one.channel):
            day = found.setdefault(name, {}).setdefault(day_of(one.at), {})
            day[quarter_of(one.at)] = day.get(quarter_of(one.at), 0.0) + 1
    return found


def tested(days: Days) -> list[list[float]]:
    """For each forecast: error of ours, of a week ago, quarters, what came, within the range."""
    every = sorted(days)
    found = []
    for number in range(LEARNED, len(every) - 1):
        today = every[number]
        known = {day: days[day] for day in every[:number]}
        for now in range(0, QUARTERS_A_DAY, EVERY):
            for one in forecast(known, today, days[today], now, AHEAD):
                came = days.get(one.day, {}).get(one.quarter, 0.0)
                naive = seasonal_naive(known, one.day, one.quarter)
                held = one.least <= came <= one.most
                found.append([abs(one.mean - came), abs(naive - came), 1.0, came, float(held)])
    return found


def told(ours: float, naive: float, quarters: float, came: float, held: float) -> dict[str, Any]:
    return {
        "messages_a_quarter": round(came / quarters, 1),
        "error": round(ours / quarters, 2),
        "error_as_a_week_ago": round(naive / quarters, 2),
        "better_by": f"{100 * (1 - ours / naive):.0f}%",
        "within_range": f"{100 * held / quarters:.0f}%",
    }
