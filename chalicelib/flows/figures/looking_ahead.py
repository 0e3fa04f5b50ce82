"""What is coming, how many people that takes, when it becomes late, and what causes it.

The forecast is of what arrives; how long a matter takes is measured. How many people there are, and
how long citizens are patient, is what the reader says: the page is a calculator, not an oracle.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.domain.dutch_time import (
    QUARTER_MINUTES,
    Day,
    begins_at,
    day_of,
    days_later,
    quarter_of,
)
from chalicelib.domain.figures import ALL_TEAMS, Counts, added, by_quarter, quarters_by_channel
from chalicelib.domain.forecasting import Expected, forecast
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.domain.sheet import Sheet
from chalicelib.domain.shift import people_at
from chalicelib.domain.staffing import Desk, Outlook, minutes_until_late, outlook, people_needed
from chalicelib.domain.waiting import Waiting
from chalicelib.errors import InvalidInput
from chalicelib.flows.colleagues.rostering import shifts_of
from chalicelib.flows.figures.explaining import Cause, cause_of
from chalicelib.flows.figures.summing import dutch_days
from chalicelib.flows.services import Services
from chalicelib.store import directory, figures
from chalicelib.store.directory import Team

HISTORY, MEASURED_OVER = 28, 14
"""Days that the forecast looks back, and over which the handling time is measured."""

AHEAD = 32
"""Quarters of an hour: a shift of eight hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What the reader supposes. Minutes; ``level`` and ``busier`` in percent."""

    team: str = ALL_TEAMS
    people: int = 0
    within: int = 30
    level: int = 80
    patience: int = 60
    together: int = 1
    busier: int = 0

    @property
    def times(self) -> float:
        """How much of the forecast is expected: an event is known that the figures do not know."""
        return 1 + self.busier / 100


LIMITS = {"people": (0, 200), "within": (1, 1440), "level": (50, 99), "patience": (5, 1440),
          "together": (1, 6), "busier": (0, 900)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One quarter of an hour: what is expected, whom it takes, and what is supposed.

    ``planned`` are the people that the shifts have there.
    """

    at: Moment
    expected: Expected
    needed: int
    outlook: Outlook | None
    planned: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """A team with more people at work than it needs then."""

    team: Team
    at_work: int
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadView:
    """``minutes`` is how long one matter takes, None while nothing was measured.

    ``late_in`` are the minutes until who comes in waits too long: 0 is now, -1 not in this shift.
    """

    supposed: Supposed
    teams: list[Team]
    counted_at: Moment | None
    waiting: Waiting | None
    days: int
    minutes: float | None
    steps: list[Step]
    by_channel: dict[str, float]
    late_in: int
    cause: Cause | None
    room: list[Room]
    shifts: bool = False

    @property
    def most_needed(self) -> int:
        return max((step.needed for step in self.steps), default=0)

    @property
    def first_short(self) -> Step | None:
        """The first quarter in which the people that are supposed are too few."""
        return short_in(self.steps, self.supposed.people)

    @property
    def planned_short(self) -> Step | None:
        """The first quarter in which the shifts have too few people."""
        return next((step for step in self.steps if step.planned < step.needed), None)


def view_ahead(services: Services, principal: Principal, supposed: Supposed) -> AheadView:
    """The coming shift. Raises ``InvalidInput`` for what cannot be supposed."""
    principal.must_be_allowed_to("read_figures")
    teams = directory.teams(services.table)
    must_be_possible(supposed, teams)
    now = services.now()
    today = day_of(now)
    days, own = known_days(services, supposed.team, today)
    minutes = handling_minutes(services, supposed.team, today)
    coming = expected(days, own, now, supposed)
    shifts = shifts_of(services, "" if supposed.team == ALL_TEAMS else supposed.team)
    steps = [
        replace(step, planned=people_at(shifts, step.at))
        for step in (step_of(one, supposed, minutes) for one in coming)
    ]
    short = short_in(steps, supposed.people)
    waiting = figures.newest_waiting(services.table, supposed.team, now)
    return AheadView(
        supposed=supposed,
        teams=teams,
        counted_at=figures.counted_at(services.table, now),
        waiting=waiting,
        days=len(days),
        minutes=minutes,
        steps=steps,
        by_channel=channels_ahead(days, own, now, supposed.times),
        late_in=late_in(waiting, coming, supposed, minutes),
        cause=cause_of(services, supposed.team, now),
        room=with_room(services, teams, supposed, steps.index(short)) if short else [],
        shifts=bool(shifts),
    )


def known_days(services: Services, team: str, today: Day) -> tuple[dict[Day, Counts], Counts]:
    """The whole days that the forecast looks back on, and today so far."""
    days = dutch_days(services, team, days_later(today, -HISTORY), today)
    own = days.pop(today, Counts())
    return days, own


def expected(
    days: Mapping[Day, Counts], own: Counts, now: Moment, supposed: Supposed
) -> list[Expected]:
    """The coming quarters, as much busier as the reader says."""
    history = {day: by_quarter(counts) for day, counts in days.items()}
    found = forecast(history, day_of(now), by_quarter(own), quarter_of(now), AHEAD)
    times = supposed.times
    return [
        replace(one, mean=one.mean * times, least=one.least * times, most=one.most * times)
        for one in found
    ]


def short_in(steps: list[Step], people: int) -> Step | None:
    """The first quarter in which so many people are too few; nobody said how many: none."""
    return next((step for step in steps if people and step.needed > people), None)


def with_room(services: Services, teams: list[Team], supposed: Supposed, number: int) -> list[Room]:
    """Other teams that have more people at work now than they need in that quarter."""
    now = services.now()
    found = []
    for team in teams:
        waiting = figures.newest_waiting(services.table, team.id, now)
        if supposed.team in (ALL_TEAMS, team.id) or not waiting or not waiting.people:
            continue
        own = replace(supposed, team=team.id, busier=0)
        coming = expected(*known_days(services, team.id, day_of(now)), now, own)
        minutes = handling_minutes(services, team.id, day_of(now))
        if not coming or minutes is None:
            continue  # nobody knows what it needs
        needed = step_of(coming[number], own, minutes).needed
        if needed < waiting.people:
            found.append(Room(team, waiting.people, needed))
    return found


def must_be_possible(supposed: Supposed, teams: list[Team]) -> None:
    """Raises ``InvalidInput`` naming what cannot be."""
    fields = {}
    if supposed.team != ALL_TEAMS and supposed.team not in {team.id for team in teams}:
        fields["team"] = {"nl": "onbekend team", "en": "unknown team"}
    for name, (least, most) in LIMITS.items():
        if not least <= getattr(supposed, name) <= most:
            fields[name] = {"nl": f"van {least} tot {most}", "en": f"{least} to {most}"}
    if fields:
        raise InvalidInput("cannot be supposed", fields)


def handling_minutes(services: Services, team: str, today: Day) -> float | None:
    """The mean time that a matter takes a person, as measured over two weeks."""
    days = dutch_days(services, team, days_later(today, -MEASURED_OVER), today, "times")
    mean = Sheet(added(days.values())).mean("handling")
    return mean / 60_000 if mean else None


def step_of(one: Expected, supposed: Supposed, minutes: float | None) -> Step:
    """One quarter, reckoned with Erlang A where it is known how long a matter takes."""
    at = later(begins_at(one.day), timedelta(minutes=QUARTER_MINUTES * one.quarter))
    if minutes is None:
        return Step(at, one, 0, None)
    desk = desk_of(one, supposed, minutes)
    needed = people_needed(desk, supposed.within, supposed.level / 100)
    people = supposed.people
    return Step(at, one, needed, outlook(desk, people, supposed.within) if people else None)


def desk_of(one: Expected, supposed: Supposed, minutes: float) -> Desk:
    return Desk(
        rate=one.mean / QUARTER_MINUTES,
        minutes=minutes,
        patience=supposed.patience,
        together=supposed.together,
    )


def late_in(
    waiting: Waiting | None, coming: list[Expected], supposed: Supposed, minutes: float | None
) -> int:
    """In how many minutes who comes in waits longer than was supposed; -1: not in this shift."""
    if minutes is None or not supposed.people:
        return -1
    one = Desk(rate=0, minutes=minutes, patience=1, together=supposed.together)
    done = supposed.people * one.servers_a_person / minutes
    arrivals = [step.mean / QUARTER_MINUTES for step in coming for _ in range(QUARTER_MINUTES)]
    return minutes_until_late(waiting.waiting if waiting else 0, arrivals, done, supposed.within)


def channels_ahead(
    days: Mapping[Day, Counts], own: Counts, now: Moment, times: float
) -> dict[str, float]:
    """What each channel is expected to bring in the coming shift, the most first."""
    by_day = {day: quarters_by_channel(counts) for day, counts in days.items()}
    so_far = quarters_by_channel(own)
    found = {}
    for channel in sorted({name for channels in by_day.values() for name in channels}):
        history = {day: channels.get(channel, {}) for day, channels in by_day.items()}
        coming = forecast(history, day_of(now), so_far.get(channel, {}), quarter_of(now), AHEAD)
        found[channel] = sum(one.mean for one in coming) * times
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))
