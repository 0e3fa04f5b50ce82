"""The words of a message that can tie it to another, and how much a shared one says.

Words that say the same of an event are one concept ("knal", "explosie", "wybuch"): ``^knal``.

A word weighs by how rare it is (inverse document frequency, Spärck Jones 1972). How rare is counted
beforehand in the training messages (``python -m infra incidents rarity``), so that one message
and one worker suffice; a word that stands in none of them is as rare as can be.
"""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import log

from chalicelib.detection.locating.folding import fold
from chalicelib.detection.normalise import read

RARITY, CONCEPTS = "rarity.tsv", "concepts.toml"
CONCEPT = "^"
SHORTEST = 3
MOST_WORDS = 24
STEM = 4
LONG, PIECE = 7, 6
SPECIAL = 0.68
"""What is left of a word when its ending goes is no shorter than this."""

ENDINGS = ("tjes", "jes", "tje", "en", "je", "e", "s", "t", "n")
ALMOST_NOTHING = 0.35
"""Words that weigh less than this stand in every other message and tie nothing."""


def content_words(text: str, without: Sequence[str] = ()) -> tuple[str, ...]:
    """The stems that carry meaning, the rarest first. ``without``: mentions of places."""
    places = {word for mention in without for word in fold(mention).split()}
    stems = stems_in(text) - {stem(place) for place in places}
    telling = [word for word in stems if len(word) >= SHORTEST and weight(word) > ALMOST_NOTHING]
    return tuple(sorted(telling, key=lambda word: (-weight(word), word))[:MOST_WORDS])


def stems_in(text: str) -> set[str]:
    """All stems of a text and the concepts that they are of."""
    words = {token.forms[0] for token in read(text).tokens}
    plain = {stem(word) for word in words if not concepts_of(word) or is_special(stem(word))}
    return plain | {name for word in words for name in concepts_of(word)}


def every_stem(text: str) -> set[str]:
    """The same with all plain forms: what is counted beforehand."""
    words = {token.forms[0] for token in read(text).tokens}
    return {stem(word) for word in words} | {name for word in words for name in concepts_of(word)}


def is_special(word: str) -> bool:
    """Whether a word says more than its concept: "loodsbrand" beside "brand"."""
    return weight(word) > SPECIAL


@cache
def concept_table() -> dict[str, list[str]]:
    """Concepts by each spelling: a beginning as such, an end after a dash, a whole before a !."""
    text = (files("chalicelib.incidents") / CONCEPTS).read_text("utf-8")
    table: dict[str, list[str]] = {}
    for name, spellings in tomllib.loads(text).items():
        for spelling in spellings.split():
            table.setdefault(spelling, []).append(CONCEPT + name)
    return table


@lru_cache(maxsize=20_000)
def concepts_of(word: str) -> tuple[str, ...]:
    """What a word says of an event, in whatever language."""
    table = concept_table()
    sizes = range(SHORTEST, len(word) + 1)
    looked_up = [f"{word}!", *(word[:n] for n in sizes), *(f"-{word[-n:]}" for n in sizes)]
    return tuple(dict.fromkeys(name for look in looked_up for name in table.get(look, ())))


def stem(word: str) -> str:
    """Without its ending, so that "branden" and "brandt" are "brand"."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            return word.removesuffix(ending)
    return word


def pieces(words: Iterable[str]) -> set[str]:
    """Beginnings and ends of long words: "maarsseveense" and "maarsseveen", "autobrand"."""
    long = [word for word in words if len(word) >= LONG and not word.startswith(CONCEPT)]
    return {word[:PIECE] for word in long} | {word[-PIECE:] for word in long}


@cache
def counted() -> tuple[int, dict[str, int]]:
    """Of how many messages it was counted, and in how many each stem stands."""
    lines = (files("chalicelib.incidents") / RARITY).read_text("utf-8").splitlines()
    found = dict(line.split("\t") for line in lines if not line.startswith("#"))
    return int(found.pop("")), {word: int(count) for word, count in found.items()}


def weight(word: str) -> float:
    """From 0, in every message, to 1, in none."""
    total, known = counted()
    return log(total / (1 + known.get(word, 0))) / log(total)


def shared(words: Iterable[str], others: Iterable[str]) -> list[str]:
    """The words that stand in both, the rarest first."""
    return sorted(set(words) & set(others), key=lambda word: (-weight(word), word))
