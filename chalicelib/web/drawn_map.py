"""The map as the server draws it: a picture of 1000 by 750, without a script and without tiles.

Web Mercator, so that tiles of others fit under it where the setting allows them. Points are degrees
WGS84, latitude first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asinh, cos, floor, log2, pi, radians, sqrt, tan

WIDE, HIGH = 1000, 750
WORLD = 256
"""Pixels of the whole world on one tile."""

EARTH_METRES = 40_075_017
SMALLEST = 12_000
"""Metres that a picture shows at least: one street says nothing without a town around it."""

MARGIN = 0.18
COUNTRY = ((50.75, 3.36), (53.56, 7.23))
"""The Netherlands in Europe: its south-western and north-eastern corner."""

MOST_TOWNS = 14
APART = 90
"""So far from each other stand the names of two towns, in the picture's own measure."""

SMALLEST_DOT, LARGEST_DOT = 13.0, 46.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that is shown. ``scale``: the picture's measure for the world's."""

    west: float
    north: float
    scale: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a point lies in the picture."""
        east, south = world(lat, lon)
        return round((east - self.west) * self.scale, 1), round(
            (south - self.north) * self.scale, 1
        )

    def shows(self, lat: float, lon: float) -> bool:
        x, y = self.at(lat, lon)
        return 0 <= x <= WIDE and 0 <= y <= HIGH

    def metres(self, count: float, lat: float) -> float:
        """How long so many metres are here."""
        return round(count / (EARTH_METRES * cos(radians(lat))) * self.scale, 1)


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a town and where it is written.

    ``crowded``: twice as large, as on a telephone, it would run across one before it.
    """

    name: str
    x: float
    y: float
    crowded: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile of somebody's map, where it lies and how large it is."""

    address: str
    x: float
    y: float
    size: float


def world(lat: float, lon: float) -> tuple[float, float]:
    """Mercator, the whole world being 1 wide and 1 high, from its north-western corner."""
    return (lon + 180) / 360, (1 - asinh(tan(radians(lat))) / pi) / 2


def around(points: Sequence[Point], smallest: float = SMALLEST) -> Frame:
    """A frame with all these points, ``smallest`` metres at least; the country for no points."""
    shown = list(points) or list(COUNTRY)
    places = [world(*point) for point in shown]
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    north, south = min(y for _, y in places), max(y for _, y in places)
    least = smallest / (EARTH_METRES * cos(radians(shown[0][0])))
    wide = max(east - west, (south - north) * WIDE / HIGH, least) * (1 + 2 * MARGIN)
    scale = WIDE / wide
    return Frame((west + east - wide) / 2, (north + south - HIGH / scale) / 2, scale)


def outline(rings: Iterable[Sequence[Point]], frame: Frame) -> str:
    """An SVG path of an area's borders; empty when all of it lies outside."""
    return "".join(path(ring, frame) for ring in rings if reaches_in(ring, frame))


def path(ring: Sequence[Point], frame: Frame) -> str:
    """One border, closed."""
    points = (frame.at(*point) for point in ring)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def reaches_in(ring: Sequence[Point], frame: Frame) -> bool:
    """Whether the rectangle around a border reaches into the picture."""
    north, south = max(lat for lat, _ in ring), min(lat for lat, _ in ring)
    left, top = frame.at(north, min(lon for _, lon in ring))
    right, bottom = frame.at(south, max(lon for _, lon in ring))
    return right >= 0 and left <= WIDE and bottom >= 0 and top <= HIGH


def labels(towns: Iterable[tuple[str, float, float]], frame: Frame) -> list[Label]:
    """The names of the best known towns that fit, none across another."""
    found: list[Label] = []
    for name, lat, lon in towns:
        x, y = frame.at(lat, lon)
        inside = APART / 2 < x < WIDE - APART / 2 and APART / 4 < y < HIGH - APART / 4
        if inside and not crosses(x, y, found, APART):
            alone = [one for one in found if not one.crowded]
            found.append(Label(name, x, y, crosses(x, y, alone, 2 * APART)))
        if len(found) == MOST_TOWNS:
            break
    return found


def crosses(x: float, y: float, others: Iterable[Label], apart: float) -> bool:
    """Whether a name that is written here would run across one of these."""
    return any(abs(x - one.x) <= apart and abs(y - one.y) <= apart / 3 for one in others)


def dot(count: int, most: int) -> float:
    """The radius of a dot whose area says how many; the largest of all is as large as may be."""
    return round(max(SMALLEST_DOT, LARGEST_DOT * sqrt(count / most)), 1) if most else SMALLEST_DOT


def tiles(pattern: str, frame: Frame) -> list[Tile]:
    """The tiles under the picture; ``pattern`` holds {z}, {x} and {y}. None without a pattern."""
    if not pattern:
        return []
    zoom = max(0, floor(log2(frame.scale / WORLD)))
    count = 2**zoom
    size = frame.scale / count
    columns = range(floor(frame.west * count), floor((frame.west + WIDE / frame.scale) * count) + 1)
    lines = range(floor(frame.north * count), floor((frame.north + HIGH / frame.scale) * count) + 1)
    return [
        Tile(
            address=pattern.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y)),
            x=round((x / count - frame.west) * frame.scale, 1),
            y=round((y / count - frame.north) * frame.scale, 1),
            size=round(size, 2),
        )
        for x in columns
        for y in lines
    ]
