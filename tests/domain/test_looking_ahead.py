"""Forecast and staffing: against published results, and against what they must beat."""

import random

import pytest

from chalicelib.domain.dutch_time import days_later, weekday_of
from chalicelib.domain.forecasting import forecast, seasonal_naive
from chalicelib.domain.staffing import (
    Desk,
    minutes_until_late,
    outlook,
    people_needed,
)


def test_the_example_of_garnett_mandelbaum_and_reiman() -> None:
    """Designing a call center with impatient customers (2002), table 1: 50 agents, 48 calls a
    minute of a minute each, patience two minutes."""
    found = outlook(Desk(rate=48, minutes=1, patience=2), 50, within=1e-9)
    assert found.gave_up == pytest.approx(0.031, abs=0.0005)
    assert found.waits * 60 == pytest.approx(3.7, abs=0.05)
    assert found.busy == pytest.approx(0.93, abs=0.005)


@pytest.mark.parametrize(
    ("load", "people", "waits"),
    [(1, 2, 0.3333), (5, 6, 0.5875), (10, 12, 0.4494), (20, 25, 0.2091)],
)
def test_with_endless_patience_it_is_the_published_erlang_c(
    load: float, people: int, waits: float
) -> None:
    """The chance to wait, from any table of Erlang C."""
    found = outlook(Desk(rate=load, minutes=1, patience=1e6), people, within=1e-9)
    assert 1 - found.level == pytest.approx(waits, abs=0.0008)


def test_erlang_c_within_a_time() -> None:
    """100 calls in half an hour of three minutes: 14 people answer 88.8 % within 20 seconds."""
    desk = Desk(rate=100 / 30, minutes=3, patience=1e6)
    assert outlook(desk, 14, within=1 / 3).level == pytest.approx(0.888, abs=0.002)
    assert people_needed(desk, within=1 / 3, level=0.8) == 14


def test_erlang_a_agrees_with_a_queue_that_is_played_out() -> None:
    desk = Desk(rate=3.0, minutes=4.0, patience=10.0)
    level, gave_up = played(desk, people=12, within=2.0)
    found = outlook(desk, 12, within=2.0)
    assert found.level == pytest.approx(level, abs=0.015)
    assert found.gave_up == pytest.approx(gave_up, abs=0.01)


def played(desk: Desk, people: int, within: float) -> tuple[float, float]:
    """Thirty thousand citizens one by one: the share whose offered wait is short, and who left."""
    dice = random.Random(3)
    free = [0.0] * people
    at, soon, left, many = 0.0, 0, 0, 30_000
    for _ in range(many):
        at += dice.expovariate(desk.rate)
        first = min(range(people), key=free.__getitem__)
        wait = max(0.0, free[first] - at)
        soon += wait <= within
        if wait > dice.expovariate(1 / desk.patience):
            left += 1
        else:
            free[first] = at + wait + dice.expovariate(1 / desk.minutes)
    return soon / many, left / many


def test_chat_needs_fewer_people_and_nothing_needs_nobody() -> None:
    one = Desk(rate=2, minutes=10, patience=5)
    two = Desk(rate=2, minutes=10, patience=5, together=2)
    assert people_needed(two, 1, 0.8) < people_needed(one, 1, 0.8)
    assert people_needed(Desk(rate=0, minutes=10, patience=5), 1, 0.8) == 0


def test_when_it_becomes_late() -> None:
    assert minutes_until_late(10, [1.0] * 60, done=1.0, within=30) == -1
    assert minutes_until_late(40, [1.0] * 60, done=1.0, within=30) == 0
    assert minutes_until_late(0, [2.0] * 60, done=1.0, within=30) == 31
    assert minutes_until_late(0, [1.0] * 10, done=0.0, within=30) == 1


def test_a_forecast_beats_last_week() -> None:
    dice = random.Random(7)
    first = "2026-09-07"
    days = [days_later(first, number) for number in range(42)]
    shape = [4 + 3 * (32 <= quarter < 88) for quarter in range(96)]
    history = {
        day: {
            quarter: float(sum(dice.random() < 0.1 for _ in range(10 * busy(day, rate))))
            for quarter, rate in enumerate(shape)
        }
        for day in days
    }
    ours = naive = 0.0
    for day in days[28:]:
        known = {other: history[other] for other in days if days_later(day, -28) <= other < day}
        for one in forecast(known, day, {}, 0, 96):
            real = history[day][one.quarter]
            ours += abs(one.mean - real)
            naive += abs(seasonal_naive(known, day, one.quarter) - real)
    assert ours < 0.8 * naive


def busy(day: str, rate: int) -> int:
    return rate * (2 if weekday_of(day) in (4, 5) else 1)


def test_a_busy_day_raises_the_coming_hours_and_fades() -> None:
    day = "2026-11-21"
    history = {days_later(day, -n): dict.fromkeys(range(96), 4.0) for n in range(1, 29)}
    found = forecast(history, day, dict.fromkeys(range(40), 8.0), 40, 60)
    assert found[0].mean == pytest.approx(7.2, abs=0.1)
    assert found[24].mean == pytest.approx(5.6, abs=0.1)
    assert found[0].least < found[0].mean < found[0].most
    assert (found[55].day, found[56].day) == (day, "2026-11-22")
    assert forecast({}, day, {}, 0, 4) == []
