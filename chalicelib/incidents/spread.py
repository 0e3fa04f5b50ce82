"""Reports spread over a map: what lies together, counts by area, and what comes back in one area.

Counts by area are of reports and not of crime: who reports much is counted much.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import sqrt

from chalicelib.domain.assessment import Topic
from chalicelib.domain.dutch_time import local
from chalicelib.domain.moments import Moment, moment
from chalicelib.domain.on_map import AreaCount, Cluster, Hint, Placed, Told

LEAST = 5
"""An area with fewer reporters is not counted: they might be known by it."""

BLOCK_HOURS = 6
"""Beyond the team's own work, time is told by parts of the day."""

THREE_HOURS = 3
"""Of so long is told when most was reported."""

RETURNING: tuple[Topic, ...] = ("inbraak", "vuurwerk")
"""Topics of which it is known that they come back near in place, or at one time of the day."""


def clusters(reports: Iterable[Placed]) -> list[Cluster]:
    """By place, the largest first."""
    found: dict[tuple[str, str | None], list[Placed]] = defaultdict(list)
    for one in sorted(reports, key=lambda one: one.at):
        found[one.name, one.gemeente].append(one)
    return sorted((Cluster(tuple(one)) for one in found.values()), key=by_size)


def by_size(cluster: Cluster) -> tuple[int, str]:
    return -len(cluster.reports), cluster.first.name


def counted_by_area(reports: Iterable[Told]) -> list[AreaCount]:
    """Areas and parts of days with reporters enough, the most first."""
    people: Counter[tuple[str, Moment]] = Counter()
    for one in reports:
        if one.gemeente:
            people[one.gemeente, block_of(one.at)] += one.reporters
    found = [
        AreaCount(gemeente=area, since=since, reporters=count)
        for (area, since), count in people.items()
        if count >= LEAST
    ]
    return sorted(found, key=lambda one: (-one.reporters, one.gemeente, one.since))


def block_of(at: Moment) -> Moment:
    """The beginning of the six hours of the Dutch day in which a moment lies."""
    then = local(at)
    hour = then.hour // BLOCK_HOURS * BLOCK_HOURS
    return moment(then.replace(hour=hour, minute=0, second=0, microsecond=0))


def hints(reports: Iterable[Told]) -> list[Hint]:
    """What comes back, by area, where enough people tell of it."""
    hours: dict[tuple[Topic, str], Counter[int]] = defaultdict(Counter)
    for one in reports:
        if one.gemeente and one.topic in RETURNING:
            begin = local(one.at).hour // THREE_HOURS * THREE_HOURS
            hours[one.topic, one.gemeente][begin] += one.reporters
    found = [hint_of(*what, counts) for what, counts in hours.items() if counts.total() >= LEAST]
    return sorted(found, key=lambda one: (-one.reporters, one.gemeente))


def hint_of(topic: Topic, gemeente: str, by_hour: Counter[int]) -> Hint:
    """The count of an area with its uncertainty."""
    count = by_hour.total()
    hour, then = max(by_hour.items(), key=lambda pair: (pair[1], -pair[0]))
    low, high = by_chance(count)
    return Hint(
        topic=topic, gemeente=gemeente, reporters=count, low=low, high=high, hour=hour, then=then
    )


def by_chance(count: int) -> tuple[int, int]:
    """Between what an expected number lies when so many came, nineteen times of twenty.

    The square root of a Poisson count varies by a half (Anscombe 1948).
    """
    low, high = max(0.0, sqrt(count) - 1) ** 2, (sqrt(count + 1) + 1) ** 2
    return int(low), round(high)
