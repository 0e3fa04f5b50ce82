"""The gazetteer: names of places and where they are, in one sorted file that is not read in whole.

Every line is ``key TAB fields``, sorted by its bytes, so that a name is found by halving; the file
is mapped into memory, shared between processes, and costs a cold start nothing. What a key begins
with says what the line is:

- a letter or figure: a place. Fields: kind, name, gemeente, lat, lon, radius, weight
- ``=gemeente``: unit, province
- ``%road``: the units along it, in order
- ``@lat,lon`` in tenths of degrees: a place there. Fields: name, gemeente, lat, lon
- ``~letters``: the key of a name of which they are left after one letter is gone
"""

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from math import cos, hypot, radians
from pathlib import Path

from chalicelib.detection.locating.folding import one_slip, shortened
from chalicelib.domain.whereabouts import PlaceKind

OWN = "gazetteer.local.tsv"
"""Made from a folder of open data; not in the repository, used where it is."""

SHIPPED = "gazetteer.tsv"
"""Made from packages; comes with the source."""

KM_PER_DEGREE = 111.2
NEAR_KM = 12.0
"""Further from all known places a point is not in the Netherlands, or at sea."""

Buffer = bytes | mmap.mmap


@dataclass(frozen=True, slots=True)
class Entry:
    """One place by this name. ``weight`` grows with how often people mean it."""

    key: str
    kind: PlaceKind
    name: str
    gemeente: str | None
    lat: float
    lon: float
    radius: int
    weight: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Finds names in the sorted lines of a file."""

    data: Buffer

    def named(self, key: str) -> tuple[Entry, ...]:
        """All places with exactly this folded name."""
        return tuple(to_entry(key, line) for line in self._lines(key))

    def begins(self, key: str) -> bool:
        """Whether any line begins with these letters."""
        place = self._first(key.encode())
        return self.data[place : place + len(key.encode())] == key.encode()

    def slips(self, key: str) -> tuple[Entry, ...]:
        """Places of which this may be a typing error."""
        near = {line[0] for short in shortened(key) for line in self._lines(f"~{short}")}
        return tuple(entry for other in near if one_slip(key, other) for entry in self.named(other))

    def unit_of(self, gemeente: str | None) -> str | None:
        """The police unit that this gemeente belongs to."""
        return next((line[0] for line in self._lines(f"={gemeente}")), None)

    def gemeenten(self) -> dict[str, str]:
        """Every gemeente with its police unit."""
        found, place = {}, self._first(b"=")
        while self.data[place : place + 1] == b"=":
            end = self.data.find(b"\n", place)
            name, unit, *_ = self.data[place + 1 : end].decode().split("\t")
            found[name] = unit
            place = end + 1
        return found

    def province_of(self, gemeente: str | None) -> str | None:
        """The province that it lies in."""
        return next((line[1] for line in self._lines(f"={gemeente}")), None)

    def units_along(self, road: str) -> tuple[str, ...]:
        """The units that this road runs through, in the order of its kilometres."""
        return next((tuple(line[0].split("|")) for line in self._lines(f"%{road.upper()}")), ())

    def nearest(self, lat: float, lon: float) -> Entry | None:
        """The place closest to a point; None far from all."""
        found = [entry for cell in cells_around(lat, lon) for entry in self._in_cell(cell)]
        close = [entry for entry in found if distance(entry, lat, lon) < NEAR_KM]
        return min(close, key=lambda entry: distance(entry, lat, lon), default=None)

    def all_places(self) -> Iterator[Entry]:
        """Every place by every name, from the first line to the last: slow, so remember it."""
        for line in self.data[:].decode().splitlines():
            if line[0] not in "=%@~":
                key, *fields = line.split("\t")
                yield to_entry(key, fields)

    def _in_cell(self, cell: str) -> Iterator[Entry]:
        for name, gemeente, lat, lon in self._lines(cell):
            yield Entry("", "place", name, gemeente or None, float(lat), float(lon), 0, 0)

    def _lines(self, key: str) -> Iterator[list[str]]:
        wanted = key.encode() + b"\t"
        place = self._first(wanted)
        while self.data[place : place + len(wanted)] == wanted:
            end = self.data.find(b"\n", place)
            yield self.data[place + len(wanted) : end].decode().split("\t")
            place = end + 1

    def _first(self, wanted: bytes) -> int:
        """Where the first line stands that does not sort before this."""
        low, high = 0, len(self.data)
        while low < high:
            middle = self.data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self.data.find(b"\n", middle) + 1
            if self.data[middle:end] < wanted:
                low = end
            else:
                high = middle
        return low


def to_entry(key: str, fields: list[str]) -> Entry:
    kind, name, gemeente, lat, lon, radius, weight = fields
    known: PlaceKind = kind  # type: ignore[assignment]  # the builder writes only these
    return Entry(
        key, known, name, gemeente or None, float(lat), float(lon), int(radius), int(weight)
    )


def cell_of(lat: float, lon: float) -> str:
    """The key of the tenth of a degree in which a point lies."""
    return f"@{int(lat * 10)},{int(lon * 10)}"


def cells_around(lat: float, lon: float) -> list[str]:
    steps = (-0.1, 0.0, 0.1)
    return [cell_of(lat + north, lon + east) for north, east in product(steps, steps)]


def distance(entry: Entry, lat: float, lon: float) -> float:
    """Kilometres, good enough within one country."""
    east = (entry.lon - lon) * cos(radians(lat))
    return hypot(entry.lat - lat, east) * KM_PER_DEGREE


def opened(path: Path) -> Gazetteer:
    """A gazetteer of this file, mapped into memory."""
    with path.open("rb") as file:
        return Gazetteer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def beside() -> Path:
    """The folder in which the gazetteers lie."""
    return Path(str(files("chalicelib.detection.locating")))


@cache
def at_hand() -> Gazetteer:
    """The one made from a folder of open data where there is one, else the one that is shipped."""
    own = beside() / OWN
    return opened(own if own.exists() else beside() / SHIPPED)
