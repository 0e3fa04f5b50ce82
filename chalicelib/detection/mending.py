"""Slips of the finger put right before the encoder reads: letters swapped, a letter twice.

A word that nobody was seen to write, and that is one slip away from exactly one common word, is
read as that word. Whatever is not so plain stays as it was typed. Both are known from the training
messages (``python -m infra train``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from chalicelib.detection.normalise import fold

FILE = "known-words.tsv"
COMMON = 3
"""A word that so many authors wrote is one that somebody may have meant."""

SHORTEST = 5
"""Of fewer letters too many are words of their own that are seldom written: hooi, haas, zoen."""

LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class KnownWords:
    """Words as they are written, folded: all that were seen, and those of several authors."""

    seen: frozenset[str]
    common: frozenset[str]

    def mended(self, text: str) -> str:
        """The text with as many words, separated as they were."""
        return LETTERS.sub(self.meant, text)

    def meant(self, found: re.Match[str]) -> str:
        """The word that was meant. Names, and words with accents, are left as they are."""
        word = found.group()
        typed = word.casefold()
        is_name = word[0].isupper() and found.start() > 0
        if len(typed) < SHORTEST or is_name or fold(word) != typed or typed in self.seen:
            return word
        meant = self.common.intersection(unslipped(typed))
        return next(iter(meant)) if len(meant) == 1 else word


def unslipped(word: str) -> Iterator[str]:
    """Every word of which this may be a slip: neighbours swapped, or a letter struck twice."""
    for at, (letter, following) in enumerate(pairwise(word)):
        swapped = following + letter if letter != following else letter
        yield word[:at] + swapped + word[at + 2 :]


@cache
def known_words() -> KnownWords:
    """The words that are packaged with the models."""
    table = (files("chalicelib.detection") / "model" / FILE).read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    authors = {word: int(number) for word, number in rows}
    common = frozenset(word for word, number in authors.items() if number >= COMMON)
    return KnownWords(frozenset(authors), common)


def mended(text: str) -> str:
    """The text as it was meant, as far as that is plain."""
    return known_words().mended(text)
