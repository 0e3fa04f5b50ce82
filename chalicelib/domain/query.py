"""Whether a text holds what a search asks for: where no platform looks for us, we look ourselves.

A line is words and, between quotation marks, phrases; all of them must occur. A word counts by its
beginning: "brand" finds "brandweer" too.
"""

import re
import unicodedata
from collections.abc import Iterable

PART = re.compile(r'"([^"]+)"|(\S+)')
WORD = re.compile(r"[^\W_]+")


def holds(text: str, lines: Iterable[str]) -> bool:
    """Whether the text has everything of one of the lines."""
    shown = plain(text)
    words = WORD.findall(shown)
    return any(has_all(shown, words, line) for line in lines)


def has_all(shown: str, words: list[str], line: str) -> bool:
    parts = PART.findall(plain(line))
    phrases = [phrase for phrase, _ in parts if phrase]
    single = [word.strip("#") for _, word in parts if word]
    return all(one in shown for one in phrases) and all(
        any(word.startswith(one) for word in words) for one in single
    )


def plain(text: str) -> str:
    """Without accents and capitals, on one line."""
    return folded(" ".join(text.split()))


def folded(text: str) -> str:
    """Without accents and capitals."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(one for one in apart if not unicodedata.combining(one)).casefold()
