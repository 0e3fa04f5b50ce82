"""Matching in memory, message by message: what the service does, without its table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from chalicelib.domain.moments import instant
from chalicelib.incidents.likeness import Likeness, likeness
from chalicelib.incidents.matching import (
    GATHERED_FROM,
    OPEN_FOR,
    Open,
    ReadBeside,
    comparable,
    doubted,
)
from chalicelib.incidents.picture import Picture, picture_of
from chalicelib.incidents.report import Report, worth_opening
from chalicelib.incidents.scoring import Weights

Watch = Callable[[Report, "Group", Likeness], None]
Beside = Callable[[Report], ReadBeside]
"""How a report's words read beside what others wrote."""


@dataclass(slots=True)
class Group:
    """Reports that are together so far; one alone is no incident yet."""

    reports: list[Report]
    _picture: Picture | None = field(default=None)

    @property
    def picture(self) -> Picture:
        """Made anew when something changed."""
        if self._picture is None:
            self._picture = picture_of(self.reports)
        return self._picture

    def add(self, reports: Iterable[Report]) -> None:
        self.reports.extend(reports)
        self._picture = None


@dataclass(slots=True)
class Stream:
    """``watch`` sees every comparison; ``beside`` reads what the rest leaves in doubt."""

    weights: Weights
    watch: Watch | None = None
    beside: Beside | None = None
    groups: list[Group] = field(default_factory=list)
    others: list[Group] = field(default_factory=list)
    """What no event can begin with."""

    def take(self, report: Report) -> None:
        """A message comes in."""
        near = [one for one in self.near(report, OPEN_FOR) if comparable(report, one.picture)]
        scored = [(self.score(report, group), number) for number, group in enumerate(near)]
        score, number = max(self.reread(report, near, scored), default=(0.0, None))
        if number is None or score < self.weights.join:
            (self.groups if worth_opening(report) else self.others).append(Group([report]))
            return
        near[number].add([report])
        self.gather(report, near[number])

    def reread(
        self, report: Report, near: list[Group], scored: list[tuple[float, int]]
    ) -> list[tuple[float, int]]:
        """The same, with what was read where it was in doubt."""
        if self.beside is None:
            return scored
        named = [(score, Open(id=str(at), picture=near[at].picture)) for score, at in scored]
        said = doubted(report, named, self.weights, self.beside(report))
        return [(said.get(str(at), score), at) for score, at in scored]

    def score(self, report: Report, group: Group) -> float:
        found = likeness(report, group.picture)
        if self.watch:
            self.watch(report, group, found)
        return self.weights.score(found)

    def near(self, report: Report, within: timedelta) -> list[Group]:
        """What is open at this time."""
        at = instant(report.at)
        return [g for g in self.groups if at - instant(g.picture.latest_at) < within]

    def gather(self, report: Report, grown: Group) -> None:
        """Those that stood alone may belong to what is known better now."""
        for other in self.near(report, GATHERED_FROM):
            if len(other.reports) > 1 or other is grown:
                continue
            if self.score(other.reports[0], grown) >= self.weights.gather:
                grown.add(other.reports)
                self.groups.remove(other)


def matched(
    reports: Iterable[Report], weights: Weights, beside: Beside | None = None
) -> dict[str, str | None]:
    """The incident of each message; None for what one reporter tells alone."""
    stream = Stream(weights, beside=beside)
    for report in reports:
        stream.take(report)
    return told(stream)


def told(stream: Stream) -> dict[str, str | None]:
    """As ``matched``."""
    found: dict[str, str | None] = {}
    for group in (*stream.groups, *stream.others):
        several = len({report.reporter for report in group.reports}) > 1
        name = group.reports[0].message if several else None
        found |= {report.message: name for report in group.reports}
    return found
