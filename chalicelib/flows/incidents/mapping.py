"""The map: where is reported what, by the team's own work, and by counts where it is others'.

Of its own work a team sees incidents and single reports where they are. Of anything beyond it sees
counts by gemeente and part of the day, from five reporters on: no point, no name, no text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.detection.locating.finding import find
from chalicelib.detection.locating.gazetteer import Entry, at_hand
from chalicelib.detection.locating.outlines import Outlines, main_towns, outlines, towns
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.dutch_time import days_between
from chalicelib.domain.incident import Incident, Slot, place_name
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.on_map import AreaCount, Cluster, Hint, Placed, Told
from chalicelib.domain.principal import Principal
from chalicelib.domain.whereabouts import Surroundings
from chalicelib.flows.assessing.locating import words_and_point
from chalicelib.flows.services import Services
from chalicelib.incidents.report import Report
from chalicelib.incidents.spread import clusters, counted_by_area, hints
from chalicelib.store import access_log, incidents
from chalicelib.store.codec import from_text

PERIODS = (3, 6, 24, 72)
"""Hours that one may look back."""

COMES_BACK_WITHIN = timedelta(days=14)
"""After a burglary the risk nearby is raised for some two weeks (Bowers and Johnson 2005)."""

MOST_LONE = 400
"""Of a day's single reports the latest are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What lies under the reports; of the towns the one that is meant most comes first."""

    towns: tuple[Entry, ...]
    outlines: Outlines


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see; an empty topic or unit is all of them."""

    hours: int = 24
    topic: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """``incidents`` and ``single`` are the team's own, ``areas`` are counts of all others'.

    ``topics``, ``units``: what may be chosen. ``nowhere``: how many single reports have no point.
    """

    asked: Asked
    since: Moment
    incidents: list[Incident]
    single: list[Cluster]
    nowhere: int
    areas: list[AreaCount]
    hints: list[Hint]
    topics: list[str]
    units: list[str]


def view_map(services: Services, principal: Principal, asked: Asked) -> MapView:
    """What was reported where since so many hours; logged as read."""
    principal.must_be_allowed_to("read_queue")
    now, table = services.now(), services.table
    table.write(access_log.read(principal, "read_map", asked.topic or "all", now))
    begin = later(now, -timedelta(hours=asked.hours))
    known = of_two_weeks(services, now)
    lone = incidents.lone(table, tuple(days_between(begin[:10], now[:10])), now, MOST_LONE)
    recent = [one for one in known if one.latest_at >= begin]
    reports = [(one, from_text(Report, one.member.report)) for one in lone]
    reports = [(slot, report) for slot, report in reports if report.at >= begin]
    own = [one for one in recent if is_own(principal, one.team) and wanted(asked, one)]
    mine = [placed(*pair) for pair in reports if is_own(principal, pair[0].team)]
    single = [one for one in mine if one and wanted_place(asked, one)]
    others = [told_of(one) for one in recent if not is_own(principal, one.team)]
    others += [told_alone(report) for slot, report in reports if not is_own(principal, slot.team)]
    return MapView(
        asked=asked,
        since=begin,
        incidents=own,
        single=clusters(single),
        nowhere=mine.count(None),
        areas=counted_by_area(one for one in others if asked.topic in ("", one.topic)),
        hints=hints([told_of(one) for one in known] + [told_alone(one) for _, one in reports]),
        topics=sorted({*(one.topic for one in recent), *(one.topic for _, one in reports)}),
        units=sorted(outlines().units) or units_of(recent),
    )


def of_two_weeks(services: Services, now: Moment) -> list[Incident]:
    """All incidents that began so recently, open or closed, told of by several."""
    begin = later(now, -COMES_BACK_WITHIN)
    table = services.table
    found = incidents.since(table, "open", begin, now) + incidents.since(
        table, "closed", begin, now
    )
    return [one for one in found if one.several]


def is_own(principal: Principal, team: str) -> bool:
    """Whether somebody works on what this team works on: who has no team reads all queues."""
    return principal.team in ("", team)


def wanted(asked: Asked, one: Incident) -> bool:
    """Whether an incident is about what was asked, where it was asked."""
    return asked.topic in ("", one.topic) and asked.unit in ("", one.unit)


def wanted_place(asked: Asked, one: Placed) -> bool:
    """Likewise, a single report."""
    unit = at_hand().unit_of(one.gemeente) or ""
    return asked.topic in ("", one.topic) and asked.unit in ("", unit)


def units_of(found: Iterable[Incident]) -> list[str]:
    return sorted({one.unit for one in found if one.unit})


def told_of(one: Incident) -> Told:
    return Told(one.reporters, one.first_at, one.topic, one.gemeente)


def told_alone(one: Report) -> Told:
    return Told(1, one.at, one.topic, one.gemeente)


def placed(slot: Slot, report: Report) -> Placed | None:
    """Where a single report is; None when it has no point, or it is not clear which."""
    spot = next((one for one in report.spots if one.lat is not None), None)
    if spot is None or spot.lat is None or spot.lon is None or report.unsure:
        return None
    return Placed(
        subject=slot.member.subject, at=report.at, topic=report.topic, name=spot.name.title(),
        gemeente=spot.gemeente, lat=spot.lat, lon=spot.lon, radius=spot.radius,
    )  # fmt: skip


def ground() -> Ground:
    """Towns and borders."""
    return Ground(towns=towns(), outlines=outlines())


def centre_of(gemeente: str) -> tuple[float, float] | None:
    """Where the main town of a gemeente is."""
    return main_towns().get(gemeente)


NEAR = 1_000
"""Metres around a point within which a street or square is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place by its name, and metres around its point within which it lies."""

    name: str
    lat: float
    lon: float
    radius: int

    @property
    def is_near(self) -> bool:
        """Whether somebody who goes there finds it; else only the town is known."""
        return self.radius <= NEAR


def place_of(told: list[KeptMessage]) -> Spot | None:
    """Where a conversation is about by what the citizen wrote; None where that is not clear."""
    own = (one for one in told if one.direction == "in" and not one.deleted_at)
    texts = [words_and_point(one) for one in own]
    return place_in(texts[-1], tuple(texts[:-1])) if texts else None


def place_in(text: str, earlier: tuple[str, ...] = ()) -> Spot | None:
    """Where a text is about; None where that is not clear."""
    best = find(text, Surroundings(earlier=earlier), at_hand()).best
    if best is None or best.lat is None or best.lon is None:
        return None
    name = place_name(best.name, best.gemeente)
    return Spot(name=name, lat=best.lat, lon=best.lon, radius=best.radius)
