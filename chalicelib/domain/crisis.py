"""The crisis switch: an unusual rise proposes it, a coordinator turns it on and off.

While it is on its matters are a queue of their own, there is a text to answer with, neighbour teams
join, and what can wait is told honestly by when it is answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from chalicelib.domain.dutch_time import DAY_NAMES, QUARTER_MINUTES, local
from chalicelib.domain.incident import Incident
from chalicelib.domain.moments import Moment, later, rounded_up
from chalicelib.domain.queue_item import IN_OPENING_HOURS, About

State = Literal["proposed", "on", "off", "declined"]

ID = "crisis-"
"""What the id of a crisis begins with."""

AT_LEAST = 8
"""Reports within the hour; fewer is no crowd."""

TIMES = 3
"""So many times as many as is usual."""

WITHIN = timedelta(hours=1)
USUAL_OVER = 6
"""Hours before that hour, of which the mean is what is usual."""

MOST_HOURS = 72
"""By which answers may be put off."""

LANGUAGES = ("nl", "en")
LONGEST = 1_000
BY = "{uiterlijk}"
"""Where a wait message says by when the citizen is answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise:
    """More reports than usual of a topic in an area, within the hour. ``because`` is Dutch."""

    area: str
    topic: str
    count: int
    usual: int
    because: str


def unusual(area: str, topic: str, count: int, usual: int) -> Rise | None:
    """The rule: at least eight within the hour, and three times what is usual."""
    if count < AT_LEAST or count < TIMES * usual:
        return None
    where = area or "onbekende plaats"
    because = f"{count} meldingen in een uur over {topic.replace('_', ' ')}, {where}"
    because += f"; gewoonlijk {usual}" if usual else "; gewoonlijk geen"
    return Rise(area=area, topic=topic, count=count, usual=usual, because=because)


def rise_around(incident: Incident, others: Iterable[Incident], now: Moment) -> Rise | None:
    """Whether the open incidents of its area and topic together grow unusually fast."""
    area = area_of(incident)
    same = [one for one in others if (area_of(one), one.topic) == (area, incident.topic)]
    begin = later(now, -WITHIN)
    count = sum(between(one, begin, now) for one in same)
    before = sum(between(one, later(begin, -WITHIN * USUAL_OVER), begin) for one in same)
    return unusual(area, incident.topic, count, round(before / USUAL_OVER))


def area_of(incident: Incident) -> str:
    return incident.gemeente or incident.unit or ""


def between(incident: Incident, begin: Moment, end: Moment) -> int:
    """Its messages from the ten minutes of one moment up to those of another."""
    growth = incident.growth.items()
    return sum(number for minutes, number in growth if begin[:15] < minutes <= end[:15])


@dataclass(frozen=True, slots=True, kw_only=True)
class Crisis:
    """One time that the switch was on, or was proposed to be.

    ``area`` is a gemeente or police unit and ``topic`` a topic; empty is all. ``team`` leads and
    ``teams`` join it. ``statement`` is what is answered meanwhile, ``wait`` what who can wait is
    told, by language. ``hours`` is by how much the answers to others are put off.
    """

    id: str
    state: State
    area: str
    topic: str
    because: str
    at: Moment
    team: str = ""
    teams: tuple[str, ...] = ()
    statement: dict[str, str] = field(default_factory=dict)
    wait: dict[str, str] = field(default_factory=dict)
    hours: int = 0
    by: str = ""
    name: str = ""
    ended_at: Moment | None = None
    ended_by: str = ""
    version: int = 1

    @property
    def works_in(self) -> tuple[str, ...]:
        """The teams that are in it."""
        return (self.team, *self.teams)

    def covers(self, about: About) -> bool:
        """Whether this is one of its matters."""
        here = self.area in ("", about.gemeente, about.unit)
        return here and self.topic in ("", about.topic)

    def puts_off(self, about: About, team: str, urgency: str) -> bool:
        """Whether this can wait until there is room again."""
        waits = urgency in IN_OPENING_HOURS and team in self.works_in
        return waits and not self.covers(about)


def spoken_in(texts: dict[str, str], lang: str) -> str:
    """The language that we have a text in: Dutch where we do not know theirs, else English."""
    wanted = "nl" if lang in ("nl", "und") else lang if lang in texts else "en"
    return wanted if wanted in texts else "nl"


def wait_text(crisis: Crisis, lang: str, due_at: Moment) -> str:
    """What somebody who can wait is told; empty where nobody wrote it."""
    spoken = spoken_in(crisis.wait, lang)
    at = local(due_at)
    when = f"{DAY_NAMES[spoken][at.weekday()]} {at:%H:%M}"
    text = crisis.wait.get(spoken, "")
    return text.replace(BY, f"{when} uur" if spoken == "nl" else when)


def put_off(due_at: Moment, hours: int) -> Moment:
    """The moment by which it is answered now, rounded up to a quarter so that it can be said."""
    return rounded_up(later(due_at, timedelta(hours=hours)), QUARTER_MINUTES)
