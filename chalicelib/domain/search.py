"""Searching what was said: which words of a text count, and what a search is for."""

from dataclasses import dataclass
from typing import Literal, get_args

from chalicelib.domain.moments import Moment

Purpose = Literal["help_now", "find_back", "complaint", "own_data"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
"""Helping a citizen who is in contact now; an earlier matter that is needed for this one; a
complaint about us; somebody asks for their own data."""

SHORTEST, LONGEST, MOST_WORDS = 2, 40, 60
MOST_ASKED = 6

COMMON = frozenset({
    "aan", "als", "bij", "dat", "de", "der", "die", "dit", "doen", "door", "dus", "een", "en", "er",
    "had", "heb", "heeft", "het", "hij", "hoe", "ik", "in", "is", "ja", "je", "kan", "maar", "me",
    "met", "mij", "mijn", "naar", "nee", "niet", "nog", "nu", "of", "om", "ook", "op", "over", "te",
    "tot", "uit", "van", "veel", "voor", "waar", "wat", "we", "wel", "wie", "wij", "wil", "zal",
    "ze", "zij", "zijn", "zo", "the", "and", "you", "for", "that", "this", "with", "have", "not",
    "are", "was", "can", "my",
})  # fmt: skip
"""Words that stand in every second message: nobody finds anything by them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A message in which all words stand."""

    subject: str
    message: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What was found, newest first. ``until``: how far back was looked, when time ran out."""

    hits: tuple[Hit, ...]
    until: str = ""


def worth_finding(words: list[str]) -> list[str]:
    """The words by which a text is found, each once, in their order."""
    fitting = [one for one in words if SHORTEST <= len(one) <= LONGEST and one not in COMMON]
    return list(dict.fromkeys(fitting))[:MOST_WORDS]
