"""PURE: where a text says otherwise than what is stated of an incident. It warns, never stops.

Clause by clause, by the words that both share: denied where it was confirmed, repeated where it
was denied, told as certain where nobody knows, another number. Two ways to say one thing ("dicht",
"niet open") are one. What says the opposite in words of its own is not seen.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from chalicelib.detection.locating.folding import fold
from chalicelib.domain.statement import Statement
from chalicelib.incidents.wording import ALMOST_NOTHING, SHORTEST, concepts_of, stem, weight

WORDS = "contradicting.toml"

Kind = Literal["against_confirmed", "told_denied", "told_unknown", "other_number"]

ENOUGH = 0.65
"""The share of a statement's words, by weight, that a clause must have to be about the same."""

_CLAUSE = re.compile(r"[^.!?;:,\n]+[.!?;:,\n]*")
_BUT = re.compile(r"\b(?:maar|terwijl|but|while|aber|ale)\b")
_WORD = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """See ``contradicting.toml``."""

    turns: frozenset[str]
    unsure: frozenset[str]
    empty: frozenset[str]
    numbers: dict[str, str]
    opposites: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The words by which a clause denies, doubts and counts."""
    known = tomllib.loads((files("chalicelib.incidents") / WORDS).read_text("utf-8"))
    return Lexicon(
        turns=frozenset(known["not"].split()),
        unsure=frozenset(known["unsure"].split()),
        empty=frozenset(known["empty"].split()),
        numbers={
            word: str(number)
            for line in known["numbers"]
            for number, word in enumerate(line.split(), 1)
        },
        opposites=known["opposites"],
    )


@dataclass(frozen=True, slots=True)
class Contradiction:
    """``what`` is the clause as it stands in the text."""

    kind: Kind
    what: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Read:
    """A clause: its stems, whether it is turned round, its numbers, whether it leaves it open."""

    stems: frozenset[str]
    turned: bool
    numbers: frozenset[str]
    unsure: bool


def contradictions(text: str, statements: Iterable[Statement]) -> tuple[Contradiction, ...]:
    """All that is found, in the order of the statements."""
    said = [(clause, read(clause)) for clause in clauses(text)]
    found = (
        Contradiction(kind, clause, statement)
        for statement in statements
        for stated in (read(statement.text),)
        for clause, one in said
        if stated.stems and is_about(one, stated.stems)
        for kind in (clash(one, stated, statement),)
        if kind
    )
    return tuple(dict.fromkeys(found))


def concerns(text: str, statement: Statement) -> bool:
    """Whether a text tells of what is stated, in whatever way."""
    about = read(statement.text).stems
    return bool(about) and any(is_about(read(clause), about) for clause in clauses(text))


def clauses(text: str) -> Iterator[str]:
    """Stretches of a text that say one thing."""
    for sentence in _CLAUSE.findall(text):
        yield from (part.strip() for part in _BUT.split(sentence) if part.strip())


def words_in(text: str) -> list[str]:
    """In small letters; the accents of "één" tell it from an article, and stay."""
    return _WORD.findall(text.casefold().replace("\u2019", "'"))


def plain(words: list[str]) -> list[str]:
    """What they are about: opposites as one word, without what denies, doubts or counts."""
    known = lexicon()
    idle = known.turns | known.unsure | known.empty
    kept = (known.opposites.get(word, word) for word in words if word not in idle)
    return [word for word in kept if not is_number(word)]


def meant_by(word: str) -> tuple[str, ...]:
    """What a word says in whatever language, else its stem; nothing where all texts have it."""
    own = stem(word)
    telling = len(own) >= SHORTEST and weight(own) > ALMOST_NOTHING
    return concepts_of(word) or ((own,) if telling else ())


def read(clause: str) -> Read:
    words, known = words_in(clause), lexicon()
    turns = sum((word in known.turns) + (word in known.opposites) for word in words)
    return Read(
        stems=frozenset(name for word in plain(words) for name in meant_by(fold(word))),
        turned=turns % 2 == 1,
        numbers=frozenset(known.numbers.get(word, word) for word in words if is_number(word)),
        unsure=clause.rstrip().endswith("?") or not known.unsure.isdisjoint(words),
    )


def is_number(word: str) -> bool:
    return word in lexicon().numbers or (word.isdigit() and word != "0")


def is_about(clause: Read, about: Iterable[str]) -> bool:
    """Whether a clause has enough of a statement's words, the rare ones first."""
    weights = {word: weight(word) for word in about}
    shared = sum(heavy for word, heavy in weights.items() if word in clause.stems)
    return shared >= ENOUGH * sum(weights.values())


def clash(clause: Read, stated: Read, statement: Statement) -> Kind | None:
    """How a clause about the same thing says otherwise; None where it does not."""
    if clause.unsure:
        return None
    if statement.standing == "unknown":
        return "told_unknown"
    same = clause.turned == stated.turned
    apart = bool(clause.numbers and stated.numbers and not clause.numbers & stated.numbers)
    if statement.standing == "denied":
        return "told_denied" if same and not apart else None
    if not same:
        return "against_confirmed"
    return "other_number" if apart else None
