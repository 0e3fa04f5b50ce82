"""What the map page draws: dots with their growth, areas, borders and the names of towns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import hypot
from urllib.parse import urlsplit

from chalicelib.domain.incident import Incident
from chalicelib.domain.moments import Moment, instant
from chalicelib.domain.on_map import AreaCount, Cluster
from chalicelib.flows.incidents import mapping
from chalicelib.flows.incidents.mapping import Ground, MapView
from chalicelib.web import drawn_map
from chalicelib.web.drawn_map import Frame, Label, Point, Tile

STEP = timedelta(minutes=10)
"""Of the slider, and of what is kept of an incident's growth."""

BORDERS = 0.0014
"""The borders of gemeenten are drawn from this many of the world's width in the picture."""

STREETS = 1_500
"""Metres across in which the names of streets on a tile can be read."""

ALL_AROUND = 3.5
"""A small map is at least so many times as wide as the radius of its circle: all of that shows."""

MANY = 12
"""So many reports in one place are drawn as large as may be: a few do not look like many."""

TRIES = 8
NAMES_IN_SMALL = 5
LINE = 14
"""The height of a line, in the picture's measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """Reports in one place. ``radius`` by how many, ``reach`` by how unsure the place is."""

    x: float
    y: float
    radius: float
    reach: float
    count: int
    growth: str
    incident: Incident | None = None
    cluster: Cluster | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A count of a gemeente: its outline where we have it, and where its number stands."""

    count: AreaCount
    x: float
    y: float
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMap:
    """``gemeenten`` and ``units`` are paths; ``most`` is drawn the largest, by the script too."""

    dots: list[Dot]
    areas: list[Area]
    gemeenten: str
    units: str
    labels: list[Label]
    specks: list[tuple[float, float]]
    tiles: list[Tile]
    steps: int
    most: int

    @property
    def tile_host(self) -> str:
        """Whose tiles lie under it; empty where there are none."""
        return urlsplit(self.tiles[0].address).netloc if self.tiles else ""


def shown_map(view: MapView, now: Moment, tile_pattern: str) -> ShownMap:
    """The whole picture."""
    ground = mapping.ground()
    frame = drawn_map.around(points_of(view, ground))
    steps = step_of(now, view.since)
    sized = [(len(one.reports), one) for one in view.single]
    most = max([one.messages for one in view.incidents] + [n for n, _ in sized] + [MANY])
    drawn = [of_incident(one, frame, view.since, most) for one in view.incidents]
    drawn += [of_cluster(one, frame, view.since, most) for one in view.single]
    dots = beside_each_other([one for one in drawn if one])
    return ShownMap(
        dots=dots,
        areas=[area for one in view.areas if (area := of_area(one, frame, ground))],
        gemeenten=gemeenten_in(ground, frame),
        units="".join(drawn_map.outline(one, frame) for one in ground.outlines.units.values()),
        labels=below(named(ground, frame), dots),
        specks=[frame.at(t.lat, t.lon) for t in ground.towns if frame.shows(t.lat, t.lon)],
        tiles=drawn_map.tiles(tile_pattern, frame),
        steps=steps,
        most=most,
    )


def shown_spot(lat: float, lon: float, radius: int = 0, tile_pattern: str = "") -> ShownMap:
    """A small map of one place, with metres around it; on tiles so near that streets are read.

    Where only the town is known there is no pin in the middle of it.
    """
    ground = mapping.ground()
    least = STREETS if tile_pattern else drawn_map.SMALLEST
    frame = drawn_map.around([(lat, lon)], max(least, ALL_AROUND * radius))
    x, y = frame.at(lat, lon)
    reach = min(frame.metres(radius, lat), drawn_map.HIGH / 2)
    pin = drawn_map.SMALLEST_DOT if radius <= mapping.NEAR else 0
    spot = Dot(x=x, y=y, radius=pin, reach=reach, count=1, growth="")
    return ShownMap(
        dots=[spot],
        areas=[],
        gemeenten=gemeenten_in(ground, frame),
        units="",
        labels=below(named(ground, frame)[:NAMES_IN_SMALL], [spot]),
        specks=[],
        tiles=drawn_map.tiles(tile_pattern, frame),
        steps=0,
        most=1,
    )


def named(ground: Ground, frame: Frame) -> list[Label]:
    """The names of towns in the picture."""
    return drawn_map.labels(((one.name, one.lat, one.lon) for one in ground.towns), frame)


def below(found: Sequence[Label], dots: Sequence[Dot]) -> list[Label]:
    """A name that a dot would hide stands under it; only the best known one of each dot."""
    shown: list[Label] = []
    taken: set[int] = set()
    for label in found:
        number = hiding(label, dots)
        if number is None:
            shown.append(label)
        elif number not in taken:
            taken.add(number)
            dot = dots[number]
            shown.append(replace(label, x=dot.x, y=dot.y + dot.radius + LINE))
    return shown


def hiding(label: Label, dots: Sequence[Dot]) -> int | None:
    """The number of the dot that a name would lie under, or too near."""
    near = ((abs(one.x - label.x), abs(one.y - label.y), one.radius + 2 * LINE) for one in dots)
    return next((n for n, (x, y, room) in enumerate(near) if x < room and y < room), None)


def spot_of(incident: Incident) -> Point | None:
    """Where an incident is: its point, else the main town of its gemeente."""
    if incident.point:
        lat, _, lon = incident.point.partition(",")
        return float(lat), float(lon)
    return mapping.centre_of(incident.gemeente) if incident.gemeente else None


def points_of(view: MapView, ground: Ground) -> list[Point]:
    """What must be in the picture: the unit that was asked for, else the team's own reports."""
    rings = ground.outlines.units.get(view.asked.unit, ())
    if rings:
        return [point for ring in rings for point in ring]
    own = [point for one in view.incidents if (point := spot_of(one))]
    return own + [(one.first.lat, one.first.lon) for one in view.single]


def gemeenten_in(ground: Ground, frame: Frame) -> str:
    """Borders of gemeenten, where the picture is not of half the country."""
    if drawn_map.WIDE / frame.scale > BORDERS * 10:
        return ""
    return "".join(drawn_map.outline(one, frame) for one in ground.outlines.gemeenten.values())


def of_incident(incident: Incident, frame: Frame, since: Moment, most: int) -> Dot | None:
    point = spot_of(incident)
    if point is None:
        return None
    x, y = frame.at(*point)
    told = sorted((f"{ten}0:00.000Z", n) for ten, n in incident.growth.items())
    return Dot(
        x=x, y=y, radius=drawn_map.dot(incident.messages, most), reach=0, count=incident.messages,
        growth=growth_of([(step_of(at, since), n) for at, n in told]), incident=incident,
    )  # fmt: skip


def of_cluster(cluster: Cluster, frame: Frame, since: Moment, most: int) -> Dot:
    x, y = frame.at(cluster.first.lat, cluster.first.lon)
    count = len(cluster.reports)
    return Dot(
        x=x, y=y, radius=drawn_map.dot(count, most),
        reach=min(frame.metres(cluster.first.radius, cluster.first.lat), drawn_map.HIGH / 4),
        count=count, growth=growth_of([(step_of(one.at, since), 1) for one in cluster.reports]),
        cluster=cluster,
    )  # fmt: skip


def of_area(count: AreaCount, frame: Frame, ground: Ground) -> Area | None:
    """None where it lies outside the picture, or nobody knows where it is."""
    centre = mapping.centre_of(count.gemeente)
    if centre is None or not frame.shows(*centre):
        return None
    x, y = frame.at(*centre)
    path = drawn_map.outline(ground.outlines.gemeenten.get(count.gemeente, ()), frame)
    return Area(count=count, x=x, y=y, path=path)


def step_of(at: Moment, since: Moment) -> int:
    """Which step of the slider a moment falls in; what was before the first is in it."""
    return max(0, int((instant(at) - instant(since)) / STEP))


def growth_of(told: Sequence[tuple[int, int]]) -> str:
    """As the script reads it: "0:3 5:1"."""
    return " ".join(f"{step}:{count}" for step, count in told)


def beside_each_other(dots: Sequence[Dot]) -> list[Dot]:
    """The largest stays where it is; who would lie upon another steps aside to the right."""
    placed: list[Dot] = []
    for dot in sorted(dots, key=lambda one: -one.radius):
        free = dot
        for _ in range(TRIES):
            hit = next((one for one in placed if overlaps(free, one)), None)
            if hit is None:
                break
            free = replace(free, x=round(hit.x + hit.radius + free.radius + 1, 1))
        placed.append(free)
    return placed


def overlaps(one: Dot, other: Dot) -> bool:
    return hypot(one.x - other.x, one.y - other.y) < (one.radius + other.radius) * 0.9
