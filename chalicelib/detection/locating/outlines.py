"""What the map draws under the reports: towns, and the outlines of gemeenten and units.

Towns come with the gazetteer. Outlines are made from a folder of open data
(``python -m infra gazetteer --source``), are not in the repository, and are used where they are:
JSON, ``{"gemeenten": {name: rings}, "units": {name: rings}}``, a ring being points of lon, lat.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from chalicelib.detection.locating.gazetteer import Entry, at_hand, beside

OUTLINES = "outlines.local.json"

Point = tuple[float, float]
"""Degrees WGS84: latitude, longitude."""

Rings = tuple[tuple[Point, ...], ...]
"""The borders of an area, its islands included."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Borders by name; empty where no open data was given."""

    gemeenten: Mapping[str, Rings]
    units: Mapping[str, Rings]


@cache
def outlines() -> Outlines:
    """The borders that are here."""
    path = beside() / OUTLINES
    if not path.exists():
        return Outlines({}, {})
    found = json.loads(path.read_text("utf-8"))
    return Outlines(rings_of(found["gemeenten"]), rings_of(found["units"]))


def rings_of(areas: dict[str, list[list[list[float]]]]) -> dict[str, Rings]:
    return {
        name: tuple(tuple((lat, lon) for lon, lat in ring) for ring in rings)
        for name, rings in areas.items()
    }


@cache
def towns() -> tuple[Entry, ...]:
    """Every town once, the one that is meant most first."""
    found = {(one.name, one.gemeente): one for one in at_hand().all_places() if one.kind == "place"}
    return tuple(sorted(found.values(), key=lambda one: (-one.weight, one.name)))


@cache
def main_towns() -> Mapping[str, Point]:
    """Where each gemeente is: the point of its main town."""
    light_first = (one for one in reversed(towns()) if one.gemeente)
    return {one.gemeente: (one.lat, one.lon) for one in light_first if one.gemeente}
