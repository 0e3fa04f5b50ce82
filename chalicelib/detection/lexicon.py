"""The words of the nine languages, each read once and only when it is needed.

``words/<language>/*.toml`` hold ideas: ``brand_bezig = '''one phrase a line'''``. Beside these a
language's ``taal.toml`` says how the language is known (``letters``, ``function_words``), how
people shorten its words (``spelling``), which words stand for each other (``[groepen]``) and, in
Arabic, what is written against a word (``prefixes``).
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from chalicelib.detection.normalise import Token, fold
from chalicelib.detection.phrases import Finder, Hit, Slot, folded, phrases_of, written

LANGUAGES = ("nl", "en", "de", "fr", "tr", "ar", "pl", "uk", "es")
ABOUT = "taal.toml"


@dataclass(frozen=True, slots=True)
class About:
    """How a language is known and how its words are written."""

    function_words: frozenset[str]
    letters: frozenset[str]
    spelling: Mapping[str, str]
    groups: Mapping[str, Slot]
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The ideas of one language."""

    code: str
    about: About
    finder: Finder

    def find(self, tokens: tuple[Token, ...], *, main: bool) -> list[Hit]:
        """The ideas in these words. ``main`` when the whole message is in this language."""
        return self.finder.find(tokens, [self.forms(token) for token in tokens], main=main)

    def forms(self, token: Token) -> list[str]:
        """The spellings of a word that this language's writers may have meant."""
        forms = list(token.forms)
        for form in token.forms:
            meant = self.about.spelling.get(form)
            if meant is not None:
                forms.append(meant)
            forms.extend(habits(self.code, form))
        return forms


def folder_of(code: str) -> Traversable:
    """Where the files of a language are."""
    return files("chalicelib.detection") / "words" / code


@cache
def about(code: str) -> About:
    """What ``taal.toml`` tells."""
    said = tomllib.loads((folder_of(code) / ABOUT).read_text("utf-8"))
    pairs = (pair.split("=") for pair in said.get("spelling", "").split())
    groups = said.get("groepen", {})
    return About(
        function_words=frozenset(fold(word) for word in said["function_words"].split()),
        letters=frozenset(said["letters"]),
        spelling={fold(typed): fold(meant) for typed, meant in pairs},
        groups={name: group_of(code, words) for name, words in groups.items()},
        prefixes=tuple(said.get("prefixes", "").split()),
    )


def group_of(code: str, words: str) -> Slot:
    """The words of a group, in every way they are written."""
    return frozenset(folded(way) for word in words.split() for way in ways(code, word))


@cache
def lexicon(code: str) -> Lexicon:
    """All ideas of a language."""
    return Lexicon(code, about(code), finder_of(code, sorted(ideas_of(code))))


def finder_of(code: str, lines: Iterable[tuple[str, str]]) -> Finder:
    """Ideas of a language, each with a line of its phrases, ready to be looked up."""
    finder = Finder()
    for idea, line in lines:
        for way in ways(code, line):
            finder.add(phrases_of(idea, way, about(code).groups))
    return finder


def ideas_of(code: str) -> Iterator[tuple[str, str]]:
    """Every idea of a language with one of its lines."""
    for file in folder_of(code).iterdir():
        if file.name.endswith(".toml") and file.name != ABOUT:
            yield from written(tomllib.loads(file.read_text("utf-8")))


UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def ways(code: str, line: str) -> tuple[str, ...]:
    """The line and, in German, the line as it is typed without umlauts."""
    spelled = line.translate(UMLAUTS) if code == "de" else line
    return (line,) if spelled == line else (line, spelled)


SHORTEST_FOR_HABITS = 4
SHORTEST_LEFT = 3


def habits(code: str, form: str) -> Iterator[str]:
    """What writers of a language leave off a word, or write against it."""
    if code == "nl" and len(form) >= SHORTEST_FOR_HABITS:
        if form.endswith("e"):
            yield form + "n"  # ze hebbe messe
        elif form.endswith("d"):
            yield form + "t"  # hij bloed
    for prefix in about(code).prefixes:
        if form.startswith(prefix) and len(form) - len(prefix) >= SHORTEST_LEFT:
            yield form[len(prefix) :]
