"""What the words around a name say about it: that it is there, elsewhere, or somebody's surname."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from itertools import zip_longest

from chalicelib.detection.locating.pointing import ROAD
from chalicelib.detection.locating.spot import Role, Spot
from chalicelib.detection.locating.wording import Word

WORDS: dict[str, frozenset[str]] = {
    name: frozenset(listed.split())
    for name, listed in tomllib.loads(
        (files("chalicelib.detection") / "words" / "locating.toml").read_text("utf-8")
    ).items()
}
SAID: dict[Role, frozenset[str]] = {
    "at": WORDS["at"] | WORDS["station_words"],
    "between": WORDS["between"],
    "toward": WORDS["toward"] | WORDS["past"],
    "origin": WORDS["origin"],
}
REACH = 4
"""Somebody lives there when so many words before say it."""

DUE_REACH = 8
LINKS = 4
"""So many articles, or parts of a surname, stand before a name at most."""

ALSO = re.compile(r"\s*(?:,|&|/|\ben\b|\bof\b|\band\b)\s*")
"""Between two names: what is said of the first is said of the second."""

DASH = re.compile(r"\s*[-\u2013>]+\s*")
SMALL_THING = re.compile(r"\w{3,}(?:je|jes)")


def before_article(words: list[Word], at: int) -> str:
    """The word before a name, articles left out, when no pause comes between."""
    place = at
    while place and at - place < LINKS and not words[place].cut:
        place -= 1
        if words[place].small not in WORDS["articles"]:
            return words[place].small
    return ""


def role_of(words: list[Word], at: int, size: int) -> Role:
    """What the words before a name say about it, and the one behind."""
    before = before_article(words, at)
    earlier = words[at - 2].small if at > 1 else ""
    far = before in WORDS["at"] and earlier in WORDS["as_far"]
    seen: dict[Role, bool] = {
        "denied": is_denied(before, earlier) or is_likened(words, at),
        "home": is_home(words, at, before),
        "here": before in WORDS["at"] and earlier in WORDS["here"],
        "at": calls_there(words, at, size, before),
        "origin": is_named_after(words, at, size) or is_left(words, at, before),
        "toward": far or is_due(words, at, size),
        "route": begins_way(words, at, size),
    }
    said = (role for role, told in SAID.items() if before in told)
    return next((role for role, so in seen.items() if so), next(said, "bare"))


def is_denied(before: str, earlier: str) -> bool:
    """Whether it is said not to be there: "niet in Hengelo"."""
    return before in WORDS["denied"] or (before in WORDS["at"] and earlier in WORDS["denied"])


def is_likened(words: list[Word], at: int) -> bool:
    """Whether something is held beside it: "het lijkt op Zandvoort", "is dat die van Breda?"."""
    last, earlier = ((words[place].small if place >= 0 else "") for place in (at - 1, at - 2))
    return (
        last in WORDS["likened"]
        or (last == "op" and earlier in WORDS["likening"])
        or (last in WORDS["at"] and earlier == "als")
        or (last == "van" and earlier in WORDS["the_other"])
    )


def is_home(words: list[Word], at: int, before: str) -> bool:
    """Whether somebody merely lives there: "ik woon in Hengelo"."""
    near = {word.small for word in words[max(0, at - REACH) : at]}
    return bool(near & WORDS["home"]) and before in WORDS["at"]


def behind(words: list[Word], at: int, size: int) -> str:
    """The word after a name."""
    return words[at + size].small if at + size < len(words) else ""


def calls_there(words: list[Word], at: int, size: int, before: str) -> bool:
    """Whether somebody is asked to come: "kan iemand naar Goirle komen"."""
    return before in WORDS["toward"] and behind(words, at, size) in WORDS["come"]


def is_named_after(words: list[Word], at: int, size: int) -> bool:
    """Whether a company or a club bears the name: "Veenendaal Verzekeringen", "FC Utrecht"."""
    before = words[at - 1].small if at else ""
    after = "" if is_cut(words, at + size) else behind(words, at, size)
    return before in WORDS["clubs"] or after in WORDS["companies"] | WORDS["crowds"]


def is_cut(words: list[Word], place: int) -> bool:
    """Whether a pause comes before this word."""
    return place < len(words) and words[place].cut


def is_left(words: list[Word], at: int, before: str) -> bool:
    """Whether somebody drives away from it: "op de A6 vanaf Lelystad"."""
    near = {word.small for word in words[max(0, at - REACH) : at]}
    driven = near & WORDS["driving"] or any(ROAD.fullmatch(word) for word in near)
    return before in WORDS["leaving"] and bool(driven)


def is_due(words: list[Word], at: int, size: int) -> bool:
    """Whether somebody has to be there later: "ik moet om zes uur in Borne zijn"."""
    before = {word.small for word in words[max(0, at - DUE_REACH) : at]}
    return behind(words, at, size) in WORDS["be_there"] and bool(before & WORDS["have_to"])


def begins_way(words: list[Word], at: int, size: int) -> bool:
    """Whether a way begins here: "van Zwolle naar Meppel"."""
    begins = at > 0 and words[at - 1].small in WORDS["way_from"]
    return begins and behind(words, at, size) in WORDS["toward"]


def is_person(words: list[Word], at: int) -> bool:
    """Whether this is somebody's surname: "mevrouw Van Dalen", "Jan van Wageningen", "P. Venlo"."""
    place = at
    while place and at - place < LINKS and words[place - 1].small in WORDS["name_links"]:
        place -= 1
    before = words[place - 1] if place else None
    if before is None:
        return place < at and words[place].capital
    if before.small in WORDS["titles"]:
        return words[at].capital
    initial = before.capital and len(before.text) == 1
    linked = place < at and before.capital and before.small not in WORDS["parts"]
    thing = before.first and SMALL_THING.fullmatch(before.small)
    return initial or (linked and not thing and not before.text.startswith("#"))


def in_one_breath(spots: list[Spot], shown: str) -> Iterator[Spot]:
    """What is said of one is said of the next: "tussen Epe en Heerde", "Zwolle-Meppel"."""
    last: Spot | None = None
    for spot, following in zip_longest(spots, spots[1:]):
        told = spot
        if last and spot.role == "bare" and ALSO.fullmatch(shown[last.end : spot.start]):
            told = replace(spot, role=last.role)
        begins = following is not None and is_way(spot, following, shown)
        if begins or (last and last.role == "between" and is_way(last, spot, shown)):
            told = replace(spot, role="between")
        yield told
        last = told


def is_way(one: Spot, other: Spot, shown: str) -> bool:
    """Whether the two ends of a way are written with a dash between, and not a town and a part."""
    dash = DASH.fullmatch(shown[one.end : other.start])
    return dash is not None and not one.gemeenten & other.gemeenten
