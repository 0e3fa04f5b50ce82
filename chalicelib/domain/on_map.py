"""What a map of reports shows: reports with a point, what lies together, and counts by area."""

from dataclasses import dataclass

from chalicelib.domain.assessment import Topic
from chalicelib.domain.moments import Moment


@dataclass(frozen=True, slots=True)
class Told:
    """What so many people reported about one thing: an incident, or a report that stands alone."""

    reporters: int
    at: Moment
    topic: Topic
    gemeente: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A report that has a point; ``radius`` is how far off it may be, in metres."""

    subject: str
    at: Moment
    topic: Topic
    name: str
    gemeente: str | None
    lat: float
    lon: float
    radius: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Reports that name one and the same place, the first of them first."""

    reports: tuple[Placed, ...]

    @property
    def first(self) -> Placed:
        return self.reports[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCount:
    """How many people reported in a gemeente, since the beginning of a part of a day."""

    gemeente: str
    since: Moment
    reporters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What was reported often in one area. ``low`` and ``high``: what chance alone would explain.

    ``hour`` and ``then``: the three hours in which most of it was reported, and how much.
    """

    topic: Topic
    gemeente: str
    reporters: int
    low: int
    high: int
    hour: int
    then: int
