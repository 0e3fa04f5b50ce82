"""Names of places in a text, with what the words around each say about it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise

from chalicelib.detection.locating.around import (
    WORDS,
    before_article,
    behind,
    in_one_breath,
    is_person,
    role_of,
)
from chalicelib.detection.locating.deriving import derived
from chalicelib.detection.locating.folding import fold
from chalicelib.detection.locating.gazetteer import Entry, Gazetteer
from chalicelib.detection.locating.meaning import (
    LARGE,
    SETTLED,
    WELL_KNOWN,
    apart,
    has_article,
    is_backed,
    is_meant,
    is_ordinary,
)
from chalicelib.detection.locating.spot import Spot
from chalicelib.detection.locating.wording import Word, is_shouted, without_links, words_of
from chalicelib.detection.places import NO_STREET, STREET

LONGEST = 2_000
"""Of a longer text the head is read: who writes a letter says where at its beginning."""

MOST_NAMES = 60
"""Who names more places than this sends a list."""

MOST_WORDS = 5
SLIP_LENGTH, SLIP_SMALL = 6, 7
"""Without a capital too many words of six letters are one slip away: jongen, Dongen."""

NAMED = ("station", "landmark", "buurt", "wijk", "place", "gemeente")
STREETLIKE = ("landmark", "wijk", "place", "gemeente")
"""What may be meant by a name that ends as a street does: Barneveld, Kinderdijk, Twekkelerveld."""

AMBIGUOUS_BEFORE = frozenset({"te", "rond", "door", "niet", "geen"})
"""After these any word may follow, without a capital: "te bellen" is no Beilen."""

JOINED = re.compile(r"[ \-/.'\u2019]{1,3}")
HYPHENED = re.compile(r"-([^\W\d_]+)")
HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
TAIL = re.compile(r"(?<=\w{4})(?:centrum|noord|zuid|oost|west|stad)$")
HOUSE_NUMBER = re.compile(r" ?\d{1,4}[a-z]?\b(?! ?(?:uur|man|jaar|autos|busjes))")


def spots_in(text: str, gazetteer: Gazetteer) -> list[Spot]:
    """All names of places, the longest where they overlap, in the order of the text."""
    shown = without_links(text[:LONGEST])
    shouted = is_shouted(shown)
    names = islice(names_in(shown, gazetteer), MOST_NAMES)
    found = [replace(spot, capital=spot.capital and not shouted) for spot in names]
    return list(in_one_breath(believed(found, shown), shown))


def believed(found: list[Spot], shown: str) -> list[Spot]:
    """Those that are meant by themselves, and those that others beside them make likely."""
    meant = [spot for spot in found if spot.meant]
    free = [one for one in found if one.meant or all(apart(one, two) >= 0 for two in meant)]
    return [one for one in free if one.meant or is_backed(one, free, shown)]


def names_in(shown: str, gazetteer: Gazetteer) -> Iterator[Spot]:
    """All names, also those that may be no more than words."""
    words = words_of(shown)
    at = 0
    while at < len(words):
        spot, size = longest(words, at, shown, gazetteer)
        if spot:
            yield spot
        at += size


def longest(
    words: list[Word], at: int, shown: str, gazetteer: Gazetteer
) -> tuple[Spot | None, int]:
    """The longest name that begins at this word, and how many words it takes."""
    word = words[at]
    if word.text.startswith("#"):
        return tagged(words, at, gazetteer), 1
    unsure: Spot | None = None
    if gazetteer.begins(fold(word.text)):
        for size in range(most_words(words, at, shown, gazetteer), 0, -1):
            if hangs_together(words[at : at + size], shown):
                spot = known(words, at, size, shown, gazetteer)
                if spot and spot.meant:
                    return spot, size
                unsure = unsure or spot
    return unsure or altered(words, at, gazetteer), 1


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
    start, end = words[at].start, words[at + size - 1].end
    addressed = HOUSE_NUMBER.match(shown, end) is not None
    entries = bearing(shown[start:end], gazetteer, addressed=addressed)
    if not entries or is_person(words, at) or is_half(shown, end, entries):
        return None
    spot = spot_of(words, at, size, shown, entries)
    return replace(spot, meant=is_meant(spot, first=words[at].first))


def is_half(shown: str, end: int, entries: tuple[Entry, ...]) -> bool:
    """Whether it is the head of another word: "Etten-Leur" is not Etten, nor fans a town.

    A part of a town that everybody knows is that town: "Leiden-Lammenschans".
    """
    hyphened = HYPHENED.match(shown, end)
    if hyphened is None or hyphened.group(1).casefold() in WORDS["town_parts"]:
        return False
    town = any(one.weight >= WELL_KNOWN for one in entries)
    return not town or hyphened.group(1).casefold() in WORDS["crowds"]


def bearing(mention: str, gazetteer: Gazetteer, *, addressed: bool) -> tuple[Entry, ...]:
    """The places that may be meant by this name.

    A postcode is no name, a region no place. Where a street is written, no hamlet is meant, and
    with a number behind it only a landmark, a bridge or park. And what is the name of a few houses
    may be a slip for that of a town.
    """
    key = fold(mention)
    if key in WORDS["regions"]:
        return ()
    entries = tuple(entry for entry in gazetteer.named(key) if entry.kind in NAMED)
    if is_street(mention):
        return tuple(entry for entry in entries if is_no_street(entry, addressed=addressed))
    if entries and len(key) >= SLIP_LENGTH and all(is_few_houses(one) for one in entries):
        return (*entries, *gazetteer.slips(key))
    return entries


def is_few_houses(entry: Entry) -> bool:
    """Whether hardly anybody means it. A landmark may weigh little and is known to all."""
    return entry.kind != "landmark" and entry.weight < SETTLED and not has_article(entry.key)


def is_no_street(entry: Entry, *, addressed: bool) -> bool:
    """Whether it is known better than any street that bears its name."""
    if entry.kind == "landmark":
        return True
    return entry.kind in STREETLIKE and entry.weight >= SETTLED and not addressed


def spot_of(words: list[Word], at: int, size: int, shown: str, entries: tuple[Entry, ...]) -> Spot:
    last = words[at + size - 1]
    mention = shown[words[at].start : last.end]
    before = before_article(words, at)
    after = behind(words, at, size)
    headline = at == 0 and shown[last.end :].startswith(":")
    station = after in WORDS["stations"] or before in WORDS["station_words"]
    capital = has_capital(last if has_article(fold(mention)) else words[at])
    street = bool(at) and not words[at].cut and is_street(words[at - 1].text)
    town = any(one.kind in LARGE and one.weight >= SETTLED for one in entries)
    address = street and town and (capital or not is_ordinary(entries[0].key))
    return Spot(
        mention=mention,
        start=words[at].start,
        end=last.end,
        entries=entries,
        role="at" if headline or address else role_of(words, at, size),
        capital=capital,
        station=station,
        named_gemeente=before == "gemeente" or address or in_part(after, entries),
    )


def in_part(after: str, entries: tuple[Entry, ...]) -> bool:
    """Whether a part of the town is told behind it: "weert centrum"."""
    large = any(one.weight >= WELL_KNOWN for one in entries)
    return large and after in WORDS["town_parts"] and not is_ordinary(entries[0].key)


LOUD_NAME = 3


def has_capital(word: Word) -> bool:
    """An abbreviation has capitals too, but no name is shorter than three."""
    return word.capital or (word.loud and len(word.text) >= LOUD_NAME)


def is_street(mention: str) -> bool:
    """Whether it is written as a street."""
    match = STREET.fullmatch(mention)
    return match is not None and mention.casefold() not in NO_STREET and " " not in mention


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
    return spot if is_meant(spot, first=words[at].first) else None


def altered(words: list[Word], at: int, gazetteer: Gazetteer) -> Spot | None:
    """A town with an ending of another word, or with a typing error."""
    return ending(words, at, gazetteer) or slipped(words, at, gazetteer)


def ending(words: list[Word], at: int, gazetteer: Gazetteer) -> Spot | None:
    """A town within a word: "de Zutphense Lijsterlaan", "Arnhemmers", "Ede'de"."""
    word = words[at]
    entries = derived(word.text, gazetteer) if is_about(words, at) else ()
    if not entries or is_person(words, at):
        return None
    return Spot(word.text, word.start, word.end, entries, "bare", capital=has_capital(word))


def is_about(words: list[Word], at: int) -> bool:
    """Whether a word made of a town may tell where: not who plays, and not whose pride it is."""
    behind = words[at + 1] if at + 1 < len(words) else None
    proper = behind is not None and (behind.capital or is_street(behind.text))
    apostrophe = not words[at].text.isalpha()
    return apostrophe or at == 0 or proper or before_article(words, at) in WORDS["at"]


def slipped(words: list[Word], at: int, gazetteer: Gazetteer) -> Spot | None:
    """A town with a typing error, where the word right before says that a place follows."""
    word = words[at]
    role = role_of(words, at, 1)
    sayable = word.capital or (at and words[at - 1].small not in AMBIGUOUS_BEFORE)
    least = SLIP_LENGTH if word.capital else SLIP_SMALL
    thing = at and words[at - 1].small in WORDS["the"]
    if role == "bare" or thing or not sayable or len(word.text) < least or is_street(word.text):
        return None
    key = fold(word.text)
    entries = () if is_ordinary(key) else gazetteer.slips(key)
    if not entries or is_person(words, at):
        return None
    return Spot(word.text, word.start, word.end, entries, role, capital=word.capital, slip=True)


def street_in(text: str, spots: list[Spot]) -> str | None:
    """The first street, as written, that is no place itself."""
    for match in STREET.finditer(text[:LONGEST]):
        within = any(one.start <= match.start() < one.end for one in spots)
        if match.group().casefold() not in NO_STREET and not within:
            return match.group()
    return None
