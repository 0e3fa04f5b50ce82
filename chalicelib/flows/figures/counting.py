"""Figures, kept as things happen: every minute what happened in the last ones is counted again.

    facts of a minute ──▶ minute ──▶ hour ──▶ Dutch day        each made whole, and overwritten

Counting twice, late or in any order gives the same; nothing is ever added to. At night the day
before is counted from the beginning, for what came later than the minutes that are looked at.
"""

from collections import defaultdict
from datetime import timedelta

from chalicelib.domain.dutch_time import Day, begins_at, day_of, days_later, ends_at
from chalicelib.domain.fact import Fact
from chalicelib.domain.figures import ALL_TEAMS, Counts, added, figures_of
from chalicelib.domain.moments import Moment, later
from chalicelib.flows import nudges
from chalicelib.flows.figures.counting_waiting import count_waiting
from chalicelib.flows.figures.summing import hours_between
from chalicelib.flows.listening.counting_heard import count_heard, count_heard_day
from chalicelib.flows.listening.signalling import watch_rises
from chalicelib.flows.running.auditing import audit_day
from chalicelib.flows.services import Services
from chalicelib.log import logger
from chalicelib.store import directory, facts, figures, keys
from chalicelib.store.figures import Series, Start, Sums

MINUTES = timedelta(minutes=2)
"""How far back is counted each time: a write that took long still lands there."""

LONGEST_PAUSE = timedelta(hours=12)
"""How far back is counted when the clock stood still; what is longer, the night finds."""

COUNTED_BETWEEN = ("01", "06")
"""Hours of the night, UTC, in which yesterday is counted once more: each hour, at this minute."""
AT_MINUTE = "17"


def begin_counting(services: Services) -> None:
    """The minute passed: have it counted. At night yesterday too."""
    now = services.now()
    jobs = [nudges.count(keys.counting(now))]
    begin, end = COUNTED_BETWEEN
    if begin <= now[11:13] < end and now[14:16] == AT_MINUTE:
        jobs.append(nudges.count(keys.counting(days_later(now[:10], -1))))
    services.jobs.send(nudges.LANE_OF["count"], *jobs)


def count(services: Services, what: str) -> None:
    """Count around a minute (``2026-11-22T20:41``), or a whole (UTC) day (``2026-11-22``)."""
    now = services.now()
    if "T" not in what:
        count_day(services, what)
        return
    at = min(f"{what}:00.000Z", now)
    current = at[:16] >= later(now, -timedelta(minutes=1))[:16]
    begin = not_counted_since(services, at) if current else later(at, -MINUTES)
    for day in sorted({begin[:10], at[:10]}):
        first_minute = begin[11:16] if day == begin[:10] else "00:00"
        last_minute = at[11:16] if day == at[:10] else "23:59"
        count_minutes(services, day, first_minute, last_minute)
    if current:
        count_waiting(services)
        count_heard(services)
        services.table.write(figures.counted(now))
        watch_rises(services)


def not_counted_since(services: Services, at: Moment) -> Moment:
    """From where to count: what happened while the clock stood still is counted with the rest."""
    last = figures.counted_at(services.table, services.now())
    longest = later(at, -LONGEST_PAUSE)
    return max(longest, later(min(last, at), -MINUTES)) if last else longest


def count_day(services: Services, day: str) -> None:
    """A whole (UTC) day from its facts."""
    count_minutes(services, day, "00:00", "23:59")
    count_heard_day(services, day)
    audit_day(services, day)
    logger.info("counted again", day=day)


def count_minutes(services: Services, day: str, first: Start, last: Start) -> None:
    """The minutes of a (UTC) day from one to another, and the hours and days that hold them."""
    now = services.now()
    by_minute: dict[str, list[Fact]] = defaultdict(list)
    for found in facts.between(services.table, day, first, last, now):
        by_minute[found.fact.at[11:16]].append(found.fact)
    sums: dict[str, dict[Start, Counts]] = defaultdict(dict)
    for minute, happened in by_minute.items():
        for team, counts in figures_of(happened).items():
            sums[team][minute] = counts
    for team in sums.keys() | known_teams(services):
        if settle(services, Series("minute", day, team), sums.get(team, {}), (first, last)):
            count_hours(services, day, team, first[:2], last[:2])


def known_teams(services: Services) -> set[str]:
    """Every team that may have sums of before."""
    return {ALL_TEAMS, "", *(team.id for team in directory.teams(services.table))}


def count_hours(services: Services, day: str, team: str, first: Start, last: Start) -> None:
    """The hours from their minutes, and the Dutch days from their hours."""
    now = services.now()
    series, by_hour = Series("minute", day, team), defaultdict[Start, list[Counts]](list)
    for one in (series, series.times()):
        kept = figures.stored(services.table, one, (first, f"{last}:59"), now)
        for minute, counts in kept.items():
            by_hour[minute[:2]].append(counts)
    sums = {hour: added(many) for hour, many in by_hour.items()}
    settle(services, Series("hour", day, team), sums, (first, last))
    for dutch in sorted({day_of(f"{day}T{hour}:00:00.000Z") for hour in (first, last)}):
        count_dutch_day(services, dutch, team)


def count_dutch_day(services: Services, day: Day, team: str) -> None:
    """A Dutch day from its hours."""
    span = begins_at(day), ends_at(day)
    hours = [hours_between(services, team, *span, part) for part in ("counts", "times")]
    sums = {day: added(counts for one in hours for counts in one.values())} if any(hours) else {}
    settle(services, Series("day", day[:7], team), sums, (day, day))


def settle(services: Services, series: Series, sums: Sums, span: tuple[Start, Start]) -> bool:
    """Write what differs from what stands; whether anything did."""
    parts = figures.parted(sums)
    counts = settle_part(services, series, parts["counts"], span)
    times = settle_part(services, series.times(), parts["times"], span)
    return counts or times


def settle_part(services: Services, series: Series, sums: Sums, span: tuple[Start, Start]) -> bool:
    """The same for the counts, or for how long things took."""
    standing = figures.stored(services.table, series, span, services.now())
    changed = {start: counts for start, counts in sums.items() if standing.get(start) != counts}
    stale = standing.keys() - sums.keys()
    figures.write(services.table, figures.written(series, changed, stale))
    return bool(changed or stale)
