"""Names of places in a text, with what the words around each say about it."""

import re
import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import pairwise
from typing import Literal

from chalicelib.detection.locating.folding import fold
from chalicelib.detection.locating.gazetteer import Entry, Gazetteer
from chalicelib.detection.places import NO_STREET, STREET

Role = Literal["at", "bare", "origin", "home", "toward", "denied"]
"""It is there; only named; somebody is from there; lives there; goes there; it is not there."""

LONGEST = 3_000
"""Of a longer text the head is read: who writes a letter says where at its beginning."""

MOST_WORDS = 5
SHY_LENGTH = 4
SLIP_LENGTH = 6
MOST_CAPITALS = 0.6
NAMED = ("station", "landmark", "buurt", "wijk", "place", "gemeente")
LARGE = ("place", "gemeente", "station")
SETTLED = 300
"""A hamlet weighs less."""

WELL_KNOWN = 2_500
UNMISTAKABLE = 9
"""A name of so many letters that one place bears is no word."""

AMBIGUOUS_BEFORE = frozenset({"te", "rond", "door", "niet", "geen", "de", "het"})
"""After these any word may follow, without a capital: "te bellen" is no Beilen."""

HOME_REACH = 4

WORDS: dict[str, frozenset[str]] = {
    name: frozenset(listed.split())
    for name, listed in tomllib.loads(
        (files("chalicelib.detection") / "words" / "locating.toml").read_text("utf-8")
    ).items()
}
WORD = re.compile(r"#?[^\W_]+(?:['\u2019][^\W_]+)*")
JOINED = re.compile(r"[ \-/.'\u2019]{1,3}")
HIDDEN = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|@\w+|\+?\d[\d ]{0,3}-?\d{6,}")
HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
TAIL = re.compile(r"(?<=\w{4})(?:centrum|noord|zuid|oost|west|stad)$")
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text, where it stands, and whether a sentence or a pause comes before it."""

    text: str
    start: int
    end: int
    first: bool
    cut: bool

    @property
    def small(self) -> str:
        return self.text.casefold()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() and not (len(self.text) > 1 and self.text.isupper())


@dataclass(frozen=True, slots=True)
class Spot:
    """One name as written, the places that bear it, and what stands around it."""

    mention: str
    start: int
    end: int
    entries: tuple[Entry, ...]
    role: Role
    capital: bool
    hashtag: bool = False
    slip: bool = False
    station: bool = False
    named_gemeente: bool = False

    @property
    def told(self) -> bool:
        """Whether the words around it say that it is a place."""
        return self.hashtag or self.station or self.role != "bare"


def spots_in(text: str, gazetteer: Gazetteer) -> list[Spot]:
    """All names of places, the longest where they overlap, in the order of the text."""
    shown = HIDDEN.sub(lambda match: " " * len(match.group()), text[:LONGEST])
    words = words_of(shown)
    shouted = is_shouted(shown)
    found: list[Spot] = []
    at = 0
    while at < len(words):
        spot, size = longest(words, at, shown, gazetteer)
        if spot:
            found.append(replace(spot, capital=spot.capital and not shouted))
        at += size
    return found


def words_of(shown: str) -> list[Word]:
    """The words, each knowing whether it begins a sentence."""
    found: list[Word] = []
    for match in WORD.finditer(shown):
        before = shown[found[-1].end : match.start()] if found else "."
        first = any(sign in before for sign in ".!?\n")
        cut = first or any(sign in before for sign in ",;:()")
        found.append(Word(match.group(), match.start(), match.end(), first, cut))
    return found


def is_shouted(shown: str) -> bool:
    """Whether the capitals say nothing because all letters are."""
    letters = [letter for letter in shown if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > MOST_CAPITALS * len(letters)


def longest(
    words: list[Word], at: int, shown: str, gazetteer: Gazetteer
) -> tuple[Spot | None, int]:
    """The longest name that begins at this word, and how many words it takes."""
    word = words[at]
    if word.text.startswith("#"):
        return tagged(words, at, gazetteer), 1
    if not gazetteer.begins(fold(word.text)):
        return slipped(words, at, gazetteer), 1
    for size in range(most_words(words, at, shown, gazetteer), 0, -1):
        if hangs_together(words[at : at + size], shown):
            spot = known(words, at, size, shown, gazetteer)
            if spot:
                return spot, size
    return slipped(words, at, gazetteer), 1


def most_words(words: list[Word], at: int, shown: str, gazetteer: Gazetteer) -> int:
    """How many words a name that begins here can have: one, unless some name begins with two."""
    two = words[at : at + 2]
    if len(two) == 1 or not gazetteer.begins(fold(shown[two[0].start : two[1].end])):
        return 1
    return min(MOST_WORDS, len(words) - at)


def hangs_together(words: list[Word], shown: str) -> bool:
    gaps = (shown[one.end : other.start] for one, other in pairwise(words))
    return all(JOINED.fullmatch(gap) for gap in gaps)


def known(words: list[Word], at: int, size: int, shown: str, gazetteer: Gazetteer) -> Spot | None:
    """The name of exactly these words."""
    mention = shown[words[at].start : words[at + size - 1].end]
    entries = bearing(mention, gazetteer)
    if not entries or is_person(words, at):
        return None
    spot = spot_of(words, at, size, shown, entries)
    return spot if is_meant(spot, words[at]) else None


def bearing(mention: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The places that may be meant by this name.

    A postcode is no name, a region no place. Where a street is written only a landmark is meant, a
    bridge or park. And what is the name of a few houses may be a slip for that of a town.
    """
    key = fold(mention)
    if key in WORDS["regions"]:
        return ()
    wanted = ("landmark",) if is_street(mention) else NAMED
    entries = tuple(entry for entry in gazetteer.named(key) if entry.kind in wanted)
    if entries and len(key) >= SLIP_LENGTH and all(one.weight < SETTLED for one in entries):
        return (*entries, *gazetteer.slips(key))
    return entries


def spot_of(words: list[Word], at: int, size: int, shown: str, entries: tuple[Entry, ...]) -> Spot:
    mention = shown[words[at].start : words[at + size - 1].end]
    before = before_article(words, at)
    after = words[at + size].small if at + size < len(words) else ""
    headline = at == 0 and shown[words[size - 1].end :].startswith(":")
    station = after in WORDS["stations"] or before in WORDS["station_words"]
    street = bool(at) and not words[at].cut and is_street(words[at - 1].text)
    address = street and any(one.kind in LARGE and one.weight >= SETTLED for one in entries)
    return Spot(
        mention=mention,
        start=words[at].start,
        end=words[at + size - 1].end,
        entries=entries,
        role="at" if headline or address else role_of(words, at),
        capital=words[at].capital,
        station=station,
        named_gemeente=before == "gemeente" or address,
    )


def is_street(mention: str) -> bool:
    """A street bears no place, though a hamlet may have the same name."""
    match = STREET.fullmatch(mention)
    return match is not None and mention.casefold() not in NO_STREET and " " not in mention


def is_person(words: list[Word], at: int) -> bool:
    """Whether this is somebody's surname: "mevrouw Van Dalen", "Jan van Wageningen", "P. Venlo"."""
    place = at
    while place and words[place - 1].small in WORDS["name_links"]:
        place -= 1
    before = words[place - 1] if place else None
    if before is None:
        return place < at and words[place].capital
    if before.small in WORDS["titles"]:
        return words[at].capital
    initial = before.capital and len(before.text) == 1
    linked = place < at and before.capital and before.small not in WORDS["parts"]
    return initial or (linked and not before.text.startswith("#"))


def is_meant(spot: Spot, word: Word) -> bool:
    """Whether there is evidence enough that this is a place, and not a word."""
    key = spot.entries[0].key
    if NUMBER.fullmatch(key):
        return len(key) == len(spot.mention) and (spot.told or spot.start == 0)
    if spot.named_gemeente or (spot.station and not is_ordinary(key)):
        return True
    if has_article(key) and not is_town(spot) and spot.mention.split()[-1].islower():
        return False
    if is_ordinary(key):
        return (spot.capital and spot.role != "bare") or (spot.hashtag and spot.capital)
    if len(key) <= SHY_LENGTH or key in WORDS["shy"]:
        large = spot.told and is_large(spot)
        return large or (spot.capital and (spot.told or not word.first))
    return is_large(spot) or spot.told or (spot.capital and not word.first)


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
    return large or (len(spot.entries) == 1 and len(spot.entries[0].key) >= UNMISTAKABLE)


def before_article(words: list[Word], at: int) -> str:
    """The word before a name, articles left out, when no pause comes between."""
    place = at
    while place and not words[place].cut:
        place -= 1
        if words[place].small not in WORDS["articles"]:
            return words[place].small
    return ""


def role_of(words: list[Word], at: int) -> Role:
    """What the words before a name say about it."""
    before = before_article(words, at)
    near = {word.small for word in words[max(0, at - HOME_REACH) : at]}
    denied = words[at - 2].small if at > 1 else ""
    if before in WORDS["denied"] or (before in WORDS["at"] and denied in WORDS["denied"]):
        return "denied"
    if near & WORDS["home"] and before in WORDS["at"] | WORDS["origin"]:
        return "home"
    if before in WORDS["at"] | WORDS["station_words"]:
        return "at"
    if before in WORDS["toward"]:
        return "toward"
    return "origin" if before in WORDS["origin"] else "bare"


def tagged(words: list[Word], at: int, gazetteer: Gazetteer) -> Spot | None:
    """A hashtag that is a place: #Hengelo, #DenHaag, #112Enschede, #nijmegencentrum."""
    text = words[at].text.lstrip("#").strip("0123456789")
    key = fold(HUMP.sub(" ", text))
    tries = (key, key.replace(" ", ""), TAIL.sub("", key))
    entries = next((found for one in tries if (found := gazetteer.named(one))), ())
    if not entries:
        return None
    spot = Spot(words[at].text, words[at].start, words[at].end, entries, "bare",
                capital=text[0].isupper(), hashtag=True)  # fmt: skip
    return spot if is_meant(spot, words[at]) else None


def slipped(words: list[Word], at: int, gazetteer: Gazetteer) -> Spot | None:
    """A town with a typing error, where the word right before says that a place follows."""
    word = words[at]
    role = role_of(words, at)
    sayable = word.capital or (at and words[at - 1].small not in AMBIGUOUS_BEFORE)
    if role == "bare" or not sayable or len(word.text) < SLIP_LENGTH or is_street(word.text):
        return None
    key = fold(word.text)
    entries = () if is_ordinary(key) else gazetteer.slips(key)
    if not entries or is_person(words, at):
        return None
    return Spot(word.text, word.start, word.end, entries, role, capital=word.capital, slip=True)


def street_in(text: str) -> str | None:
    """The first street, as written."""
    streets = (match.group() for match in STREET.finditer(text[:LONGEST]))
    return next((name for name in streets if name.casefold() not in NO_STREET), None)
