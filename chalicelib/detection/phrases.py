"""Phrases that a person can read and write, found in the words of a message.

A phrase is words in their order, one phrase a line:

    slaat .. moeder           ``..`` skips up to four words of the same sentence, ``...`` up to nine
    (slaat|geeft een klap)    one of these, each one or more words
    inbrek*   *pistool        words that begin, or end, so
    @familie                  one word of a named group
    heel? veel bloed          a word that may be absent; so may a choice
    #weg #getal #jaartal      a road (A2, N343), a number, a year
    ~mes                      only when the message as a whole is in this language

There is no regular expression in it: a phrase is tried only where its first word stands, so that
the time is bounded by the length of the message, whatever the message.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from chalicelib.detection.normalise import ELISION, FULL_STOP, Token, fold

GAPS = {"..": 4, "...": 9}
SHORTEST_STEM = 2
LONGEST_STEM = 14
MOST_HITS = 12
"""Of one idea in one message; more of the same says nothing more."""

PART = re.compile(r"\([^()]*\)\??|[^\s()]+")
"""A word, or a choice in parentheses, with a question mark where it may be absent."""

ELIDED = re.compile(rf"\b({'|'.join(sorted(ELISION))})'(?=\w\w)")

Slot = frozenset[str]
"""What may stand in one place of a phrase: folded words, with a star where they are open."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line. ``steps`` are the slots, each with how many words may be skipped before it."""

    idea: str
    steps: tuple[tuple[Slot, int], ...]
    only_in_language: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An idea found: the places of its words among the tokens of the message."""

    idea: str
    at: tuple[int, ...]


def written(ideas: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each idea with each of its lines; empty ones and notes (``# ``) are left out."""
    for idea, lines in ideas.items():
        for line in map(str.strip, lines.splitlines()):
            if line and not line.startswith("# "):
                yield idea, line


def phrases_of(idea: str, line: str, groups: Mapping[str, Slot]) -> list[Phrase]:
    """The phrases of one line: several when it leaves a choice between strings of words."""
    only = line.startswith("~")
    choices = [choice_of(part, groups) for part in PART.findall(line.removeprefix("~"))]
    return [Phrase(idea, steps_of(flat(parts)), only) for parts in product(*choices)]


def flat(parts: Iterable[Sequence[Slot | int]]) -> list[Slot | int]:
    """The chosen strings of words one after another."""
    return [part for chosen in parts for part in chosen]


def steps_of(parts: Iterable[Slot | int]) -> tuple[tuple[Slot, int], ...]:
    """Slots, each with how many words may be skipped before it."""
    steps: list[tuple[Slot, int]] = []
    gap = 0
    for part in parts:
        if isinstance(part, int):
            gap = part
        else:
            steps.append((part, gap))
            gap = 0
    return tuple(steps)


def choice_of(part: str, groups: Mapping[str, Slot]) -> list[list[Slot | int]]:
    """What may stand for one part of a line: single words share a slot, the rest stand apart."""
    needed = part.removesuffix("?")
    single: set[str] = set()
    choices: list[list[Slot | int]] = [] if needed == part else [[]]
    for words in needed.strip("()").split("|"):
        elements = [element_of(word, groups) for word in apart(words).split()]
        match elements:
            case [frozenset() as slot]:
                single |= slot
            case _:
                choices.append(elements)
    if single:
        choices.insert(0, [frozenset(single)])
    return choices


def apart(words: str) -> str:
    """Words as the reader of messages parts them: at hyphens and French elisions."""
    return ELIDED.sub(r"\1 ", words.replace("-", " "))


def element_of(word: str, groups: Mapping[str, Slot]) -> Slot | int:
    """A gap, a group, or one word."""
    if word in GAPS:
        return GAPS[word]
    if not word.startswith("@"):
        return frozenset({folded(word)})
    if word[1:] not in groups:
        raise ValueError(f"no group of this name: {word}")
    return groups[word[1:]]


def folded(word: str) -> str:
    """Folded like the words of a message, the stars kept."""
    star_before, star_after = word.startswith("*"), word.endswith("*")
    return "*" * star_before + fold(word.strip("*")) + "*" * star_after


MOST_REMEMBERED = 4096


@dataclass(slots=True)
class Finder:
    """All phrases of one language, indexed by the words that can stand in their slots."""

    exact: dict[str, set[Slot]] = field(default_factory=dict)
    beginnings: dict[str, set[Slot]] = field(default_factory=dict)
    endings: dict[str, set[Slot]] = field(default_factory=dict)
    starts: dict[Slot, list[Phrase]] = field(default_factory=dict)
    order: dict[Slot, int] = field(default_factory=dict)
    """In which order slots that begin a phrase were learned: a set has another in every process."""

    remembered: dict[tuple[str, ...], frozenset[Slot]] = field(default_factory=dict)
    """The slots of words that were met lately: most words of a message are in all of them."""

    def add(self, phrases: Iterable[Phrase]) -> None:
        """Learn these phrases."""
        self.remembered.clear()
        for phrase in phrases:
            first = phrase.steps[0][0]
            self.order.setdefault(first, len(self.order))
            self.starts.setdefault(first, []).append(phrase)
            for slot, _ in phrase.steps:
                for word in slot:
                    self.index(word, slot)

    def index(self, word: str, slot: Slot) -> None:
        """Make the slot findable by this word."""
        if word.endswith("*"):
            self.beginnings.setdefault(word[:-1], set()).add(slot)
        elif word.startswith("*"):
            self.endings.setdefault(word[1:], set()).add(slot)
        else:
            self.exact.setdefault(word, set()).add(slot)

    def slots_of(self, forms: tuple[str, ...]) -> frozenset[Slot]:
        """Every slot that a word with these spellings can fill."""
        found = self.remembered.get(forms)
        if found is None:
            if len(self.remembered) >= MOST_REMEMBERED:
                self.remembered.clear()
            found = self.remembered[forms] = self.looked_up(forms)
        return found

    def looked_up(self, forms: tuple[str, ...]) -> frozenset[Slot]:
        """The same, by the indexes."""
        slots: set[Slot] = set()
        for form in forms:
            slots |= self.exact.get(form, NONE)
            for size in range(SHORTEST_STEM, min(len(form), LONGEST_STEM) + 1):
                slots |= self.beginnings.get(form[:size], NONE)
                slots |= self.endings.get(form[-size:], NONE)
        return frozenset(slots)

    def find(
        self, tokens: Sequence[Token], forms: Sequence[Iterable[str]], *, main: bool
    ) -> list[Hit]:
        """Every idea in these words. ``main`` when the message is in this language."""
        slots = [self.slots_of(tuple(of_one)) for of_one in forms]
        present = NONE.union(*slots)
        hits: dict[str, list[Hit]] = {}
        for place, here in enumerate(slots):
            for slot in sorted(here & self.order.keys(), key=self.order.__getitem__):
                for phrase in self.starts[slot]:
                    if len(phrase.steps) > 1 and phrase.steps[1][0] not in present:
                        continue  # most phrases end here, and all the others take longer
                    kept = hits.setdefault(phrase.idea, [])
                    if len(kept) >= MOST_HITS or (phrase.only_in_language and not main):
                        continue
                    rest = follow(phrase, 1, place, slots, tokens)
                    if rest is not None:
                        kept.append(Hit(phrase.idea, (place, *rest)))
        return [hit for kept in hits.values() for hit in kept]


NONE: frozenset[Slot] = frozenset()


def follow(
    phrase: Phrase, step: int, place: int, slots: Sequence[frozenset[Slot]], tokens: Sequence[Token]
) -> tuple[int, ...] | None:
    """The places of the remaining words of a phrase after ``place``; None when not there."""
    if step == len(phrase.steps):
        return ()
    slot, gap = phrase.steps[step]
    for following in range(place + 1, min(place + gap + 2, len(tokens))):
        if tokens[following].pause == FULL_STOP:
            return None
        if slot in slots[following]:
            rest = follow(phrase, step + 1, following, slots, tokens)
            if rest is not None:
                return (following, *rest)
    return None
