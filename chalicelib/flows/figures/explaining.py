"""Why it is busier than usual: one event, or everything."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.dutch_time import begins_at, day_of, days_later
from chalicelib.domain.figures import added
from chalicelib.domain.moments import Moment, instant, later
from chalicelib.domain.sheet import Sheet
from chalicelib.flows.figures.summing import hours_between
from chalicelib.flows.services import Services

ENOUGH_RISE = 5.0
"""Fewer messages more than usual in an hour are no rise to explain."""

MOSTLY = 0.5
"""What share of the rise one topic makes up, to be its cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why it is busier than usual: one topic (``incident``) or everything (``trend``)."""

    kind: str
    topic: str = ""
    arrived: int = 0
    usual: float = 0.0


def cause_of(services: Services, team: str, now: Moment) -> Cause | None:
    """Why the last whole hour was busier than the same hour of the last four weeks; if it was."""
    end = f"{now[:13]}:00:00.000Z"
    begin = later(end, -timedelta(hours=1))
    last = added(hours_between(services, team, begin, end).values())
    before = [
        added(hours_between(services, team, *span).values())
        for week in range(1, 5)
        for span in ((a_week(begin, week), a_week(end, week)),)
    ]
    usual = Sheet({name: count / len(before) for name, count in added(before).items()})
    return explained(Sheet(last), usual)


def a_week(at: Moment, weeks: int) -> Moment:
    """The same clock hour so many weeks ago, whatever summer time did."""
    shift = instant(begins_at(days_later(day_of(at), -7 * weeks))) - instant(begins_at(day_of(at)))
    return later(at, shift)


def explained(last: Sheet, usual: Sheet) -> Cause | None:
    """One topic, when it makes up most of the rise."""
    rise = last["arrived"] - usual["arrived"]
    if rise < max(ENOUGH_RISE, usual["arrived"] * 0.3):
        return None
    before = usual.by("arrived", "topic")
    rises = {
        topic: count - before.get(topic, 0) for topic, count in last.by("arrived", "topic").items()
    }
    topic = max(rises, key=lambda name: rises[name], default="")
    if topic and rises[topic] >= MOSTLY * rise:
        arrived, usually = last.of("arrived", "topic", topic), usual.of("arrived", "topic", topic)
        return Cause(kind="incident", topic=topic, arrived=int(arrived), usual=usually)
    return Cause(kind="trend", arrived=int(last["arrived"]), usual=usual["arrived"])
