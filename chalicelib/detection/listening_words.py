"""Whether a text holds all words of a search's line: for our own pages, and for danger near us."""

import re
from collections.abc import Iterable
from functools import cache

from chalicelib.detection.searching import WORD, data, folded

PART = re.compile(r'"([^"]+)"|(\S+)')


def holds(text: str, lines: Iterable[str]) -> bool:
    """Whether all words and phrases of one of the lines occur; a word by its beginning."""
    shown = folded(text)
    words = [match.group() for match in WORD.finditer(shown)]
    return any(has_all(shown, words, line) for line in lines)


def has_all(shown: str, words: list[str], line: str) -> bool:
    parts = PART.findall(folded(line))
    phrases = [phrase for phrase, _ in parts if phrase]
    single = [word.strip("#") for _, word in parts if word]
    return all(one in shown for one in phrases) and all(
        any(word.startswith(one) for word in words) for one in single
    )


@cache
def canaries() -> dict[str, list[str]]:
    """The lines of each danger, by its name."""
    return {name: list(lines) for name, lines in data("canary_terms.toml").items()}


def dangers_in(text: str) -> list[str]:
    """The dangers of which a text holds a line."""
    return [name for name, lines in canaries().items() if holds(text, lines)]
