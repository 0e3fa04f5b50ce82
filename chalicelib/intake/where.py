"""Where it is: streets, towns and sorts of places, as somebody named them."""

import re
from dataclasses import dataclass, replace

from chalicelib.detection.places import MARKER, NO_STREET, POSTCODE, ROAD, STREET, STREET_NUMBER
from chalicelib.intake.words import either, words

PLACES = words("places")
TOWNS = {town.casefold(): town for town in re.split(r"[;\n]", PLACES["towns"].strip())}
ORDINARY = frozenset(PLACES["ordinary"].split())
LOOK_BEFORE = 40
"""So many characters before a word tell whether it is a place."""

NAME = r"(?:[A-ZÀ-Ý][\w'-]*|3D)"
NAMES = rf"{NAME}(?: (?:(?:van|de|der|den|aan|op) )?{NAME}){{0,3}}"
RIDE = re.compile(
    rf"\b{either(PLACES['rides'])}(?: van| uit| tussen| naar| richting)? (?:{NAMES})(?: (?:naar|"
    rf"en|richting) {NAMES})?"
)
PLACE_NAMED = re.compile(rf"\b(?i:{either(PLACES['places'])}) (?:{NAMES})")
PLACE_PLAIN = re.compile(rf"\b{either(PLACES['places'])}\b", re.IGNORECASE)
DETAIL = re.compile(
    rf"\b(?:de|en|het|onze|ons|mijn|van) ({either(PLACES['details'])})\b"
    r"|\b((?:begane grond|(?:eerste|tweede|derde|vierde|vijfde|zesde|\d{1,2}e) (?:verdieping|"
    r"etage)))\b",
    re.IGNORECASE,
)
TOWN = re.compile(
    rf"(?<![\w-]){either(';'.join(TOWNS.values()), ';')}(?![\w-])(?: (?:Zuid|Noord|Oost|West|"
    rf"Centrum)\b)?",
    re.IGNORECASE,
)
BEFORE_NAME = (
    r"(?:in|te|bij|op|aan|uit|nabij|langs|at|im|à|w|на|en|near|von) (?:de |het |the |der |la )?"
)
NAMED = re.compile(rf"(?<=\s)(?i:{BEFORE_NAME})({NAMES})|^(?i:{BEFORE_NAME})({NAMES})")
BRAND = re.compile(
    r"(?:van|bij|op|aan|in|achter|voor|naast|tegenover) (?:de |het )?"
    rf"({either(PLACES['brands'], ';')})\b",
    re.IGNORECASE,
)
JOINT = re.compile(
    r"^,? ?(?:(?:van|aan|bij|in|op|achter|voor|naast|tegenover|langs|de|het|een|ons|onze|te|ter|"
    r"hoogte|nabij|uit|the|at|of"
    r"|im|der|w|dans|à|la|lang) ){0,5}$",
    re.IGNORECASE,
)
TO_A_PLACE = re.compile(
    r"(?:\bin|\bte|\buit|\d[a-z]?|\w(?:straat|laan|weg|plein|park|dijk)),? $", re.IGNORECASE
)
PREPOSITION = re.compile(
    r"\b(?:in|op|bij|aan|uit|achter|voor|naast|langs|tegenover|van|nabij|onder|at|over|im|der|"
    r"à la|de la)"
    r" (?:de |het |een |ons |onze |mijn |mn |hele |the |die |la |dit )*(?:muur van )?$|^\W*$|"
    r"[.,!]\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: which sort, where in its text, and the words between it and the one before."""

    sort: str
    text: str
    start: int
    end: int
    joint: str = ""


def places(text: str) -> list[Place]:
    """The places that a text names, in order, none within another."""
    found: list[Place] = []
    for sort, pattern in SORTS:
        for match in pattern.finditer(text):
            place = place_of(sort, match, text)
            if place and not any(place.start < one.end and one.start < place.end for one in found):
                found.append(place)
    return joined(sorted(found, key=lambda place: place.start), text)


SORTS = (
    ("ride", RIDE),
    ("street", STREET_NUMBER),
    ("road", ROAD),
    ("road", MARKER),
    ("code", POSTCODE),
    ("place", PLACE_NAMED),
    ("street", STREET),
    ("place", PLACE_PLAIN),
    ("town", TOWN),
    ("brand", BRAND),
    ("name", NAMED),
    ("detail", DETAIL),
)


def place_of(sort: str, match: re.Match[str], text: str) -> Place | None:
    """The mention, or None where the words only look like one."""
    group = next((n for n, got in enumerate(match.groups(), 1) if got), 0)
    start, end = match.span(group)
    said, before = match.group(group), text[max(0, start - LOOK_BEFORE) : start]
    small = said.casefold()
    if sort == "street" and small in NO_STREET:
        return None
    if (
        sort == "town"
        and small in ORDINARY
        and not (said[0].isupper() or TO_A_PLACE.search(before))
    ):
        return None
    if small in {"buurt", "school"} and re.search(r"\b(?:in de|op|na|naar) $", before):
        return None
    if sort == "place" and not (re.search(r"[A-Z]", said[1:]) or PREPOSITION.search(before)):
        return None
    return Place(sort, spelled(sort, said), start, end)


def spelled(sort: str, said: str) -> str:
    """Towns and streets with their capitals."""
    if sort == "town":
        town = TOWNS.get(said.casefold())
        return town or said
    return said[:1].upper() + said[1:] if sort == "street" else said


def joined(found: list[Place], text: str) -> list[Place]:
    """Each with the words that tie it to the one before; a detail only where it is tied."""
    kept: list[Place] = []
    for place in found:
        between = text[kept[-1].end : place.start] if kept else ""
        tied = bool(kept) and JOINT.match(between) is not None
        if place.sort != "detail" or tied or kept:
            kept.append(replace(place, joint=between if tied else ", "))
        else:
            kept.append(place)
    return kept


def merged(known: list[Place], new: list[Place], *, corrects: bool) -> list[Place]:
    """What is known of the place after a message; a correction replaces what is of its sort."""
    if corrects:
        for place in new:
            known = replaced(known, place)
        return known
    return known + [place for place in new if not is_known(place, known)]


def replaced(known: list[Place], place: Place) -> list[Place]:
    """With this place instead of the first of its sort, or added."""
    for at, one in enumerate(known):
        if one.sort == place.sort:
            return [*known[:at], replace(place, joint=one.joint), *known[at + 1 :]]
    return [*known, place]


def is_known(place: Place, known: list[Place]) -> bool:
    """Whether it was named before, perhaps at more length."""
    return any(place.text.casefold() in one.text.casefold() for one in known)


def rendered(known: list[Place]) -> str:
    """``fietsenkelder van ons complex aan de Hommelseweg in Arnhem``."""
    if all(place.sort == "detail" for place in known):
        return ""
    text = "".join((place.joint if at else "") + place.text for at, place in enumerate(known))
    return re.sub(r"\s+", " ", text).strip(" ,")
