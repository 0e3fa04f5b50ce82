"""Names of persons in a text, as far as they can be seen: after a title, or behind a first name.

"mevrouw De Boer", "Fatima el Amrani". Only what is written with capitals; a first name alone says
too little ("Mark", "Roos"), and a street that was named after somebody is no person. A name ends
with its line: what stands below a first name is the next line of a signature.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'\u2019-]+"
_BETWEEN = (
    r"(?:(?:van|de|der|den|het|ter|ten|te|el|al|bin|ben|von|[Vv]an\s+de[rn]?|in\s+'t|'t|la|du)\s+)*"
)
_TITLE = r"(?:(?:de\s+)?heer|meneer|mevrouw|dhr\.?|mevr\.?|mw\.?|mr\.?|familie|fam\.?|mrs\.?|ms\.?)"
_TITLED = re.compile(
    rf"\b(?i:{_TITLE})\s+(?:[A-Z]\.\s*)*((?:[Vv]an|[Dd]e|[Tt]er|[Tt]en|[Ee]l)?\s*{_BETWEEN}{_CAPITAL})"
)
_WHOLE = re.compile(rf"\b({_CAPITAL})[^\S\n]+({_BETWEEN}{_CAPITAL})")
_PLACE = re.compile(
    r"(?:straat|laan|weg|plein|kade|gracht|singel|dijk|park|hof|brug|steeg|dreef|pad|school|kerk|"
    r"college|ziekenhuis|station|markt|wal|dam|haven|burg|dorp|stad|bos)$",
    re.IGNORECASE,
)


def names_in(text: str, known: Iterable[str] = ()) -> Iterator[str]:
    """Names of persons, but for those who are ``known``: the citizen and the writer themselves."""
    theirs = {word.casefold() for name in known for word in name.split()}
    said: set[str] = set()
    for name in _candidates(text):
        words = {word.casefold() for word in name.split()}
        if name not in said and not _PLACE.search(name) and not words <= theirs:
            said.add(name)
            yield name


def _candidates(text: str) -> Iterator[str]:
    for found in _TITLED.finditer(text):
        yield " ".join(found.group(1).split())
    for found in _WHOLE.finditer(text):
        if found.group(1).casefold() in first_names():
            yield " ".join(found.group().split())


@cache
def first_names() -> frozenset[str]:
    """First names that are common in the Netherlands, in lower case."""
    text = (Path(__file__).parent / "first_names.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
