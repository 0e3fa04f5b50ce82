"""A text in words, each knowing what a reader sees of it: its capital, the pause before it."""

import re
from dataclasses import dataclass

MOST_CAPITALS = 0.6

WORD = re.compile(r"#?[^\W_]+(?:['\u2019][^\W_]+)*")
HIDDEN = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|@\w+|\+?\d[\d ]{0,3}-?\d{6,}")
"""Links, addresses, names of accounts and telephone numbers."""


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
        return self.text[0].isupper() and not self.loud

    @property
    def loud(self) -> bool:
        """All in capitals: an abbreviation, or said with force."""
        return len(self.text) > 1 and self.text.isupper()


def without_links(text: str) -> str:
    """The text with blanks where links and addresses stood, so that places in it stay the same."""
    return HIDDEN.sub(lambda match: " " * len(match.group()), text)


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
