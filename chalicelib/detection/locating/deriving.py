"""Towns within a word: "Zutphense", "Arnhemmers", and an ending behind an apostrophe ("Ede'de")."""

import re

from chalicelib.detection.locating.around import WORDS
from chalicelib.detection.locating.folding import fold
from chalicelib.detection.locating.gazetteer import Entry, Gazetteer
from chalicelib.detection.locating.meaning import WELL_KNOWN, is_ordinary

ADJECTIVE = re.compile(r"(\w{3,})se")
INHABITANTS = re.compile(r"(\w{5,}?)(?:m?ers?|e?n?(?:aar|aars|aren))")
ENDING = re.compile(r"(\w{3,})['\u2019]\w{1,4}")
IRREGULAR = dict(pair.split("=") for pair in WORDS["stems"])
"""Haagse, Zwollenaren."""


def derived(word: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The town that everybody knows of which this word is made; none for any other word."""
    if is_ordinary(fold(word)):
        return ()
    apostrophe = ENDING.fullmatch(word)
    if apostrophe:
        return well_known(fold(apostrophe.group(1)), gazetteer)
    key = fold(word)
    made = INHABITANTS.fullmatch(key) or (word[0].isupper() and ADJECTIVE.fullmatch(key))
    return well_known(made.group(1), gazetteer) if made else ()


def well_known(stem: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The towns by this name."""
    key = IRREGULAR.get(stem, stem)
    if is_ordinary(key):
        return ()
    found = gazetteer.named(key.replace("_", " "))
    return tuple(one for one in found if one.kind == "place" and one.weight >= WELL_KNOWN)
