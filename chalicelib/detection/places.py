"""Where somebody says it is: place mentions as written, not yet looked up on any map.

Every pattern has bounded repeats, so that the time stays in step with the length of the text.
"""

import re
import tomllib
from importlib.resources import files

MOST = 8
LONGEST = 60

WORDS = tomllib.loads((files("chalicelib.detection") / "words" / "places.toml").read_text("utf-8"))
STREET_ENDINGS = "|".join(WORDS["street_endings"].split())
NO_STREET = frozenset(WORDS["no_street"].split())
NAME = r"[A-ZÀ-Ý][\w'-]{1,24}"
JOINERS = r"(?:van|de|der|den|ten|ter|het|aan|op|'s)"

STREET_NUMBER = re.compile(
    rf"\b[\w'-]{{1,24}}(?:{STREET_ENDINGS})(?: (?:nr|nummer|no)\.?)? ?\d{{1,4}}[a-zA-Z]?\b",
    re.IGNORECASE,
)
STREET = re.compile(rf"\b[\w'-]{{2,24}}(?:{STREET_ENDINGS})\b", re.IGNORECASE)
POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b")
ROAD = re.compile(
    r"\b(?:[AN]\d{1,3}|[an]\d{2,3})\b(?:,? (?:bij|ter hoogte van|hmp|hectometer(?:paal)?|km) "
    r"(?:\d{1,3}(?:[.,]\d)?|[\w-]{2,20}))?"
)
MARKER = re.compile(r"\b(?:hmp|hectometer(?:paaltje|paal)?)\.? ?\d{1,3}(?:[.,]\d)?", re.IGNORECASE)
NAMED = re.compile(
    r"\b(?:in|te|bij|naar|uit|richting|nabij|vanuit|in de|op de|op het|bij de|langs de|langs het|"
    r"station|camping|park|wijk|strand|treinstation|cs|near|at|dans|à|en|w|koło|bei|am|nahe)"
    rf" (?:de |het )?({NAME}(?: (?:{JOINERS} )?{NAME}){{0,2}})"
)
STATION = re.compile(
    r"\b(?:station|camping|winkelcentrum|metrostation|bushalte|parkeergarage|verzorgingshuis) "
    r"[\w'-]{3,24}(?: (?:centraal|cs|noord|zuid|oost|west|centrum))?",
    re.IGNORECASE,
)


def has_address(shown: str) -> bool:
    """Whether there is a street with a house number."""
    return STREET_NUMBER.search(shown) is not None


def mentioned(shown: str) -> tuple[str, ...]:
    """The places in this text as written, most exact first, none within another."""
    found: list[str] = []
    for pattern in (STREET_NUMBER, POSTCODE, ROAD, MARKER, STREET, STATION, NAMED):
        for match in pattern.finditer(shown):
            place = (match.group(1) if pattern.groups else match.group()).strip(" ,.'")
            if len(place) <= LONGEST and is_new(place, found):
                found.append(place)
    return tuple(found[:MOST])


def is_new(place: str, found: list[str]) -> bool:
    """A place that is no ordinary word and not part of one that was found."""
    small = place.casefold()
    return small not in NO_STREET and not any(small in known.casefold() for known in found)
