"""Outlines of gemeenten and units for the map, from a folder of open data.

The borders are of CBS/Kadaster (CC BY 4.0), and the map says so.

Every corner is put on a grid of some 500 metres, so that neighbours keep one border; what is left
is a drawing and no survey.
"""

import json
from itertools import groupby
from pathlib import Path
from typing import Any

TABLES = {
    "gemeenten": ("gemeenten.geojson", "gemeente"),
    "units": ("eenheden.geojson", "eenheid"),
}
"""The file of each kind of area, and the property that is its name."""

PER_DEGREE = 200
"""So many steps of the grid in a degree."""

SMALLEST = 4
"""A ring of fewer corners is an island too small to see."""


def written_outlines(folder: Path, path: Path) -> int:
    """Write them where the folder has them; how many areas, 0 when there is nothing to draw."""
    if not all((folder / file).exists() for file, _ in TABLES.values()):
        return 0
    found = {kind: areas(folder / file, name) for kind, (file, name) in TABLES.items()}
    path.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    return sum(len(one) for one in found.values())


def areas(path: Path, name: str) -> dict[str, list[list[list[float]]]]:
    """The rings of each area by its name."""
    features = json.loads(path.read_text("utf-8"))["features"]
    return {one["properties"][name]: rings(one["geometry"]) for one in features}


def rings(geometry: dict[str, Any]) -> list[list[list[float]]]:
    """All rings of a polygon or of several, on the grid."""
    snapped = [on_grid(ring) for polygon in polygons(geometry) for ring in polygon]
    kept = [ring for ring in snapped if len(ring) >= SMALLEST]
    return kept or [max(snapped, key=len)]


def polygons(geometry: dict[str, Any]) -> list[list[list[list[float]]]]:
    """The polygon, or all of several; of each the outer ring comes first."""
    several = geometry["type"] == "MultiPolygon"
    return geometry["coordinates"] if several else [geometry["coordinates"]]


def on_grid(ring: list[list[float]]) -> list[list[float]]:
    """The corners on the grid, each once in a row."""
    points = [[round(lon * PER_DEGREE), round(lat * PER_DEGREE)] for lon, lat, *_ in ring]
    return [[lon / PER_DEGREE, lat / PER_DEGREE] for (lon, lat), _ in groupby(points)]
