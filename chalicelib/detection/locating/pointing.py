"""What needs no name to be found: points, postcodes, and roads with their hectometre posts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.detection.locating.gazetteer import Entry, Gazetteer
from chalicelib.domain.whereabouts import Candidate

PIN_RADIUS = 50
PIN_CONFIDENCE = 0.95
POSTCODE_CONFIDENCE = 0.95
ROAD_CONFIDENCE = 0.5
SOMEWHERE_ALONG = 50_000

POINT = re.compile(r"(?<![\d.])(5[0-3]\.\d{3,8}),\s?\+?([3-7]\.\d{3,8})(?!\d)")
POSTCODE = re.compile(r"\b([1-9]\d{3}) ?([A-Z]{2})\b(?! ?\d{3})")
FOUR = re.compile(r"\b(?:postcode|pc)\s?:? ?([1-9]\d{3})\b", re.IGNORECASE)
NO_LETTERS = frozenset({"EU", "KM", "KG", "SS", "SD", "SA", "CC", "PK"})
"""Units of measure; and three pairs that no postcode has."""

ROAD = re.compile(r"\b([AN]\d{1,3}|[an]\d{2,3})\b")
POST = re.compile(
    r"(?:hmp|hectometer(?:paaltje|paal)?|km|paal)\.? ?(\d{1,3}(?:[.,]\d)?)", re.IGNORECASE
)
SIDE = re.compile(r"\b(re|li|rechts|links)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Road:
    """A road as written, with its post and side where these are told."""

    number: str
    mention: str
    post: str | None
    side: str | None

    @property
    def name(self) -> str:
        """As it is said over the radio: "A12 hmp 102,3 rechts"."""
        told = [self.number, f"hmp {self.post}" if self.post else "", self.side or ""]
        return " ".join(part for part in told if part)


def points_in(text: str) -> Iterator[tuple[float, float, str]]:
    """Points as maps and telephones write them, and how."""
    for match in POINT.finditer(text):
        yield float(match.group(1)), float(match.group(2)), match.group()


def pinned(lat: float, lon: float, mention: str, gazetteer: Gazetteer) -> Candidate:
    """The place of a shared point; its gemeente is that of the nearest place we know."""
    nearest = gazetteer.nearest(lat, lon)
    gemeente = nearest.gemeente if nearest else None
    where = f"bij {nearest.name}" if nearest else "buiten wat wij kennen"
    return Candidate(
        name=nearest.name if nearest else f"{lat:.4f}, {lon:.4f}",
        kind="pin", mention=mention, gemeente=gemeente, unit=gazetteer.unit_of(gemeente),
        lat=lat, lon=lon, radius=PIN_RADIUS, confidence=PIN_CONFIDENCE,
        because=f"een gedeeld punt, {where}",
    )  # fmt: skip


def postcodes_in(text: str, gazetteer: Gazetteer) -> Iterator[tuple[Entry, str]]:
    """Postcodes that exist, and how they were written."""
    whole = (match for match in POSTCODE.finditer(text) if match.group(2) not in NO_LETTERS)
    for match in (*whole, *FOUR.finditer(text)):
        for entry in gazetteer.named(match.group(1)):
            if entry.kind == "postcode":
                yield entry, match.group()


def by_postcode(entry: Entry, mention: str, gazetteer: Gazetteer) -> Candidate:
    return Candidate(
        name=mention, kind="postcode", mention=mention, gemeente=entry.gemeente,
        unit=gazetteer.unit_of(entry.gemeente), lat=entry.lat, lon=entry.lon, radius=entry.radius,
        confidence=POSTCODE_CONFIDENCE,
        because=f"postcode {entry.name} ligt in de gemeente {entry.gemeente}",
    )  # fmt: skip


def road_in(text: str) -> Road | None:
    """The first road, with the post and the side that are told anywhere."""
    match = ROAD.search(text)
    if match is None:
        return None
    post, side = POST.search(text, match.end()), SIDE.search(text, match.end())
    number = match.group().upper()
    return Road(number, match.group(), post and post.group(1), side and side.group().lower())


def along(road: Road, gazetteer: Gazetteer) -> Candidate:
    """Somewhere on a road: no gemeente, and a unit only where it has but one."""
    units = gazetteer.units_along(road.number)
    return Candidate(
        name=road.name, kind="road", mention=road.mention, gemeente=None,
        unit=units[0] if len(units) == 1 else None, lat=None, lon=None, radius=SOMEWHERE_ALONG,
        confidence=ROAD_CONFIDENCE, because=f"de {road.number}, zonder plaats erbij",
    )  # fmt: skip
