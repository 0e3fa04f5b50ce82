"""What a manager sees of the figures: a period, what is usual, what waits, and how old it all is.

Every read is of kept sums: a few queries, whatever happened. Nothing is counted here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.dutch_time import (
    Day,
    begins_at,
    day_of,
    days_later,
    ends_at,
)
from chalicelib.domain.figures import ALL_TEAMS, Counts, added, cut
from chalicelib.domain.moments import Moment, instant, later, moment
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueRow
from chalicelib.domain.sheet import Sheet
from chalicelib.domain.usual import Heat, Usual, heat, mean, until
from chalicelib.domain.waiting import Waiting
from chalicelib.errors import InvalidInput
from chalicelib.flows.figures.summing import dutch_days, hours_between
from chalicelib.flows.services import Services
from chalicelib.store import directory, figures, queue
from chalicelib.store.directory import Team

TODAY, WEEK, MONTH = "vandaag", "7", "28"
DAYS_OF = {TODAY: 1, WEEK: 7, MONTH: 28}
"""The periods that a page offers."""

WEEKS = 4
"""How many earlier weeks say what is usual today."""

HOUR = timedelta(hours=1)
MOST_AT_RISK = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose figures, of what, over which period."""

    team: str = ALL_TEAMS
    period: str = TODAY
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One bar of a chart: an hour of today, or a day. ``at`` is when it begins."""

    at: Moment
    day: Day
    counts: Counts
    usual: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresView:
    """``usual`` is what was counted before: the mean of ``compared`` earlier periods, if any.

    ``month`` are the last days, today included, which the heat map is made from where it is shown.
    """

    asked: Asked
    teams: list[Team]
    counted_at: Moment | None
    waiting: Waiting | None
    total: Sheet
    usual: Sheet
    compared: int
    stretches: list[Stretch]
    month: dict[Day, Counts]
    day: Day
    at_risk: list[QueueRow]

    @property
    def heat(self) -> Heat:
        """When it is busy: the whole days of the last four weeks."""
        since = days_later(self.day, -DAYS_OF[MONTH])
        whole = {day: counts for day, counts in self.month.items() if since <= day < self.day}
        return heat(whole, self.asked.channel)

    @property
    def channels(self) -> list[str]:
        """Every channel that something came in on."""
        return channels_in(self.month)


def view_figures(services: Services, principal: Principal, asked: Asked) -> FiguresView:
    """The figures of a team, or of all. Raises ``InvalidInput`` for what cannot be asked."""
    principal.must_be_allowed_to("read_figures")
    teams = directory.teams(services.table)
    must_be_known(asked, teams)
    now = services.now()
    today = day_of(now)
    back = max(DAYS_OF[MONTH], 2 * DAYS_OF[asked.period] - 1)
    months = dutch_days(services, asked.team, days_later(today, -back), today)
    if asked.period == TODAY:
        total, usual, compared, stretches = of_today(services, asked, now)
    else:
        total, usual, compared, stretches = of_days(services, asked, months, now)
    return FiguresView(
        asked=asked,
        teams=teams,
        counted_at=figures.counted_at(services.table, now),
        waiting=figures.newest_waiting(services.table, asked.team, now),
        total=Sheet(total),
        usual=Sheet(usual),
        compared=compared,
        stretches=stretches,
        month=months,
        day=today,
        at_risk=at_risk(services),
    )


def at_risk(services: Services) -> list[QueueRow]:
    """Emergencies that nobody answered, of every team, as they stand now."""
    rows = queue.page(services.table, queue.LIFE, services.now(), MOST_AT_RISK, None).rows
    return [row for row in rows if not row.answered]


def must_be_known(asked: Asked, teams: list[Team]) -> None:
    """Raises ``InvalidInput`` naming what there is not."""
    fields = {}
    if asked.team != ALL_TEAMS and asked.team not in {team.id for team in teams}:
        fields["team"] = {"nl": "onbekend team", "en": "unknown team"}
    if asked.period not in DAYS_OF:
        fields["periode"] = {"nl": "vandaag, 7 of 28", "en": "vandaag, 7 or 28"}
    if fields:
        raise InvalidInput("no such figures", fields)


Seen = tuple[Counts, Usual, int, list[Stretch]]


def of_today(services: Services, asked: Asked, now: Moment) -> Seen:
    """Today hour by hour, beside the same weekday in the weeks before, until this time."""
    today = day_of(now)
    own = of_channel(asked, hours_between(services, asked.team, begins_at(today), next_hour(now)))
    before = [
        of_channel(asked, found)
        for week in range(1, WEEKS + 1)
        for day in (days_later(today, -7 * week),)
        if (found := hours_between(services, asked.team, begins_at(day), ends_at(day)))
    ]
    elapsed = instant(now) - instant(begins_at(today))
    passed, part = elapsed // HOUR, (elapsed % HOUR) / HOUR
    usual = mean([until(in_order(day)[: passed + 1], part) for day in before])
    usually = usual_hours([in_order(day) for day in before])
    stretches = [
        Stretch(at, today, own.get(at, Counts()), usually.get(number))
        for number, at in enumerate(hours_of(today))
    ]
    times = times_of(services, asked, today, today)
    if before:
        usual |= added(
            counts
            for week in range(1, WEEKS + 1)
            for day in (days_later(today, -7 * week),)
            for counts in (times_of(services, asked, day, day),)
        )
    return added((*own.values(), times)), usual, len(before), stretches


def times_of(services: Services, asked: Asked, first: Day, last: Day) -> Counts:
    """How long things took over those days, whole days."""
    found = dutch_days(services, asked.team, first, last, "times")
    return added(of_channel(asked, found).values())


def of_days(services: Services, asked: Asked, months: dict[Day, Counts], now: Moment) -> Seen:
    """The last days, today included, beside as many days before these."""
    today, length = day_of(now), DAYS_OF[asked.period]
    found = of_channel(asked, months)
    days = [days_later(today, -back) for back in range(length - 1, -1, -1)]
    before = [days_later(day, -length) for day in days]
    compared = int(any(day in found for day in before))
    times = times_of(services, asked, days[0], days[-1])
    usual: Usual = dict(added(known(found, before)))
    if compared:
        usual |= times_of(services, asked, before[0], before[-1])
    stretches = [
        Stretch(
            begins_at(day),
            day,
            found.get(day, Counts()),
            float(found[then]["arrived"]) if then in found else None,
        )
        for day, then in zip(days, before, strict=True)
    ]
    return added((*known(found, days), times)), usual, compared, stretches


def known(found: dict[Day, Counts], days: list[Day]) -> Iterator[Counts]:
    """The counts of those days that have any."""
    return (found[day] for day in days if day in found)


def of_channel(asked: Asked, found: dict[str, Counts]) -> dict[str, Counts]:
    """Only the channel that was asked for; everything when none was."""
    if not asked.channel:
        return found
    return {start: cut(counts, "channel", asked.channel) for start, counts in found.items()}


def in_order(day: dict[Moment, Counts]) -> list[Counts]:
    """Every hour of the Dutch day that these hours are of; what is not there is nothing."""
    hours = hours_of(day_of(min(day)))
    return [day.get(at, Counts()) for at in hours]


def usual_hours(days: list[list[Counts]]) -> dict[int, float]:
    """The mean arrivals in each hour of those days; one of them may have 23 or 25."""
    found: dict[int, list[int]] = {}
    for day in days:
        for number, counts in enumerate(day):
            found.setdefault(number, []).append(counts["arrived"])
    return {number: sum(arrived) / len(arrived) for number, arrived in found.items()}


def hours_of(day: Day) -> list[Moment]:
    """When each of its 23, 24 or 25 hours begins."""
    begin, end = instant(begins_at(day)), instant(ends_at(day))
    return [moment(begin + number * HOUR) for number in range((end - begin) // HOUR)]


def next_hour(now: Moment) -> Moment:
    """When the hour that runs ends."""
    return later(f"{now[:13]}:00:00.000Z", HOUR)


def channels_in(months: dict[Day, Counts]) -> list[str]:
    """Every channel that something came in on."""
    head = "arrived/channel/"
    return sorted(
        {
            path.removeprefix(head)
            for counts in months.values()
            for path in counts
            if path.startswith(head) and "@" not in path
        }
    )
