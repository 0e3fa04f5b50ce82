"""Whether a name in a text is meant as a place: evidence against the words that names are too."""

import re

from chalicelib.detection.locating.around import WORDS
from chalicelib.detection.locating.spot import Spot
from chalicelib.detection.places import NO_STREET, STREET

SHY_LENGTH = 4
SETTLED = 300
"""A hamlet weighs less."""

WELL_KNOWN = 2_500
UNMISTAKABLE = 6
"""A name of so many letters in one gemeente is no word."""

BEFORE = 40
"""So many letters hold the street before a name."""

BESIDE = 24
"""In so many letters from each other two names are said together."""

LARGE = ("place", "gemeente", "station")
NUMBER = re.compile(r"\d+")
TO_STREET = re.compile(
    rf"[,(]?\s+(?:(?:op|aan|in|de|het)\s+){{0,2}}{STREET.pattern}", re.IGNORECASE
)
FROM_STREET = re.compile(rf"{STREET.pattern}(?: \d+\w?)?,?\s+$", re.IGNORECASE)


def is_meant(spot: Spot, *, first: bool) -> bool:
    """Whether there is evidence enough that this is a place, and not a word.

    ``first``: a sentence begins with it, so that its capital says little.
    """
    key = spot.key
    if NUMBER.fullmatch(key):
        return len(key) == len(spot.mention) and (spot.told or spot.start == 0)
    if spot.named_gemeente or (spot.station and (not is_ordinary(key) or is_town(spot))):
        return True
    if has_article(key) and not is_town(spot) and spot.mention.split()[-1].islower():
        return False
    if is_ordinary(key) and not (has_article(key) and is_town(spot)):
        proper = spot.capital and not spot.mention.isupper()
        return proper and (spot.role != "bare" or spot.hashtag)
    proper = spot.capital and (spot.told or not first or spot.mention.isupper())
    if len(key) <= SHY_LENGTH or key in WORDS["shy"]:
        return proper or (spot.told and is_large(spot))
    return proper or is_name(spot)


def is_name(spot: Spot) -> bool:
    """Whether a name that is no word needs no more than what is seen of it."""
    if spot.told or is_town(spot):
        return True
    return is_large(spot) and (spot.capital or len(spot.key) >= UNMISTAKABLE)


def is_backed(spot: Spot, others: list[Spot], shown: str) -> bool:
    """Whether what stands beside a name makes a place of it: "ede veldhuizen"."""
    if is_ordinary(spot.key):
        return False
    if any(said_together(spot, other) for other in others):
        return True
    if not is_town(spot):
        return False
    behind, before = shown[spot.end :], shown[max(0, spot.start - BEFORE) : spot.start]
    return bool(TO_STREET.match(behind) or FROM_STREET.search(before))


def said_together(one: Spot, other: Spot) -> bool:
    """Whether two names of one gemeente stand close, of which one is known by itself."""
    close = one.key != other.key and 0 <= apart(one, other) <= BESIDE
    sure = other.meant or is_town(one) or is_town(other)
    return close and sure and bool(one.gemeenten & other.gemeenten)


def apart(one: Spot, other: Spot) -> int:
    """How many letters stand between two names; less than none where they overlap."""
    return max(one.start, other.start) - min(one.end, other.end)


def is_ordinary(key: str) -> bool:
    """Whether this is a word as well, with its article or without: "de steeg"."""
    bare = key.split(" ", 1)[-1] if has_article(key) else key
    return bare in WORDS["ordinary"] or bare in NO_STREET


def has_article(key: str) -> bool:
    """De Bilt, Het Loo."""
    return " " in key and key.split(" ", 1)[0] in WORDS["articles"]


def is_town(spot: Spot) -> bool:
    """Whether it may be a town that everybody knows."""
    return any(entry.weight >= WELL_KNOWN for entry in spot.entries)


def is_large(spot: Spot) -> bool:
    """Towns need no words around them, nor does a long name that only one place bears."""
    large = any(entry.kind in LARGE and entry.weight >= SETTLED for entry in spot.entries)
    return large or (len(spot.gemeenten) == 1 and len(spot.key) >= UNMISTAKABLE)
