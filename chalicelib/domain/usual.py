"""What is usual: means of earlier days, until the same time of day, and by hour and weekday."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.dutch_time import HOURS_A_DAY, Day, weekday_of
from chalicelib.domain.figures import Counts, by_quarter

WEEKDAYS = 7
QUARTERS_AN_HOUR = 4

Usual = dict[str, float]
"""Counts that are means: 41.5 messages is usual."""


@dataclass(frozen=True, slots=True)
class Heat:
    """Mean arrivals by weekday (0 is Monday) and Dutch hour, over so many days."""

    hours: tuple[tuple[float, ...], ...]
    days: int

    @property
    def most(self) -> float:
        return max((one for row in self.hours for one in row), default=0.0)


def mean(many: Sequence[Mapping[str, float]]) -> Usual:
    """The mean of each count; none of no days."""
    total: Usual = {}
    for one in many:
        for name, count in one.items():
            total[name] = total.get(name, 0.0) + count
    return {name: count / len(many) for name, count in total.items()}


def until(hours: Iterable[Counts], part_of_last: float) -> Usual:
    """Hours in order added up, of the last one only the part that has passed (0 to 1)."""
    every = list(hours)
    total: Usual = {}
    for number, counts in enumerate(every, 1):
        weight = part_of_last if number == len(every) else 1.0
        for name, count in counts.items():
            total[name] = total.get(name, 0.0) + count * weight
    return total


def heat(days: Mapping[Day, Counts], channel: str = "") -> Heat:
    """When it is busy: each weekday's mean day, hour by hour."""
    sums = [[0] * HOURS_A_DAY for _ in range(WEEKDAYS)]
    seen = [0] * WEEKDAYS
    for day, counts in days.items():
        weekday = weekday_of(day)
        seen[weekday] += 1
        for quarter, arrived in by_quarter(counts, channel).items():
            sums[weekday][quarter // QUARTERS_AN_HOUR] += arrived
    hours = tuple(
        tuple(arrived / max(1, seen[weekday]) for arrived in row)
        for weekday, row in enumerate(sums)
    )
    return Heat(hours, len(days))
