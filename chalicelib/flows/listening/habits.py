"""What is usual of every series, learned once a day from the twenty-eight days before it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from chalicelib.domain.dutch_time import HOURS_A_DAY, days_between, days_later, weekday_of
from chalicelib.domain.feed import cut
from chalicelib.domain.figures import ALL_TEAMS
from chalicelib.domain.rising import Habit, Usual, habit, weekday_shares
from chalicelib.flows.listening.counting_heard import open_feeds
from chalicelib.flows.services import Services
from chalicelib.store import feeds, figures, signals
from chalicelib.store.codec import from_text, to_text
from chalicelib.store.figures import Series

DAYS = 28
DAYS_A_WEEK = 7
FEWEST_DAYS = 3
"""Of less nobody can say what is usual."""

CUTS = ("channel", "topic")
Days = dict[str, list[float]]
"""The counts of a series by hour of each (UTC) day."""


@dataclass(frozen=True, slots=True)
class Habits:
    """By series; ``busy`` is how busy each weekday is (0 is Monday)."""

    series: dict[str, Habit] = field(default_factory=dict)
    busy: dict[int, float] = field(default_factory=dict)

    def usual(self, series: str, at: str) -> Usual:
        """What is usual in the minute of a moment."""
        busy = self.busy.get(weekday_of(at[:10]), 1.0)
        return self.series[series].at(int(at[11:13]), int(at[14:16]), busy)


def habits_of(services: Services, day: str) -> Habits:
    """Those of a (UTC) day; learned by whoever asks first."""
    now = services.now()
    known = signals.habits(services.table, day, now)
    if known is None:
        known = to_text(learned(services, day))
        services.table.write(signals.learned(day, known, now))
    return from_text(Habits, known)


def learned(services: Services, day: str) -> Habits:
    """From the hours that were kept."""
    last, first = days_later(day, -1), days_later(day, -DAYS)
    counted = {name: days for name, days in every_series(services, first, last) if days}
    busy = weekday_shares(totals(counted))
    return Habits(
        series={
            name: habit(
                [[one / busy[weekday_of(at)] for one in hours] for at, hours in days.items()]
            )
            for name, days in counted.items()
            if len(days) >= FEWEST_DAYS
        },
        busy=busy,
    )


def totals(counted: dict[str, Days]) -> dict[int, list[float]]:
    """What came on each day over all channels, by day of the week."""
    days: dict[str, float] = defaultdict(float)
    for name, series in counted.items():
        if name.startswith("channel/"):
            for day, hours in series.items():
                days[day] += sum(hours)
    found: dict[int, list[float]] = defaultdict(list)
    for day, total in days.items():
        found[weekday_of(day)].append(max(1.0, total))
    mean = sum(map(sum, found.values())) / len(days) if days else 1.0
    return {weekday: found[weekday] or [mean] for weekday in range(DAYS_A_WEEK)}


def every_series(services: Services, first: str, last: str) -> Iterator[tuple[str, Days]]:
    """Channels and topics from the figures, searches from their feeds."""
    found: dict[str, Days] = defaultdict(dict)
    for day in days_between(first, last):
        kept = figures.stored(
            services.table, Series("hour", day, ALL_TEAMS), ("00", "23"), services.now()
        )
        for hour, counts in kept.items():
            for name, count in counts.items():
                head, _, tail = name.partition("/")
                if head == "arrived" and tail.partition("/")[0] in CUTS and "@" not in tail:
                    hours = found[tail].setdefault(day, [0.0] * HOURS_A_DAY)
                    hours[int(hour)] += count
    whole_days = {day for days in found.values() for day in days}
    for days in found.values():
        for day in whole_days - days.keys():
            days[day] = [0.0] * HOURS_A_DAY
    yield from found.items()
    for search in open_feeds(services):
        yield f"search/{search}", hours_of_feed(services, search, first, last)


def hours_of_feed(services: Services, search: str, first: str, last: str) -> Days:
    """By day from the first one on that it brought something."""
    sums = feeds.sums(services.table, "day", search, (first, last), services.now())
    if not sums:
        return {}
    found: Days = {}
    for day in days_between(min(sums), last):
        hours = [0.0] * HOURS_A_DAY
        if day in sums:
            for hour, count in cut(sums[day].counts, "hour").items():
                hours[int(hour)] = float(count)
        found[day] = hours
    return found
