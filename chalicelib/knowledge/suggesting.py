"""Which texts an agent may want for a message: articles, and answers that colleagues gave before.

By meaning where there is an encoder, by words always, and by what agents did with the text before:
what is taken rises, what is rejected sinks. The chance that is told was fitted on questions of our
own (docs/suggestions.md). Nothing is ever sent from here.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from chalicelib.detection.meaning import alike
from chalicelib.knowledge.finding import PIECE, pieces

Source = Literal["article", "answer"]

MOST = 3
K1, B = 1.2, 0.6
FULL_MATCH = 14.0
"""So much by words is as good as it gets."""

BY_MEANING, BY_WORDS = 3.0, 2.0
CLEARLY_NEARER = 3.0
"""A text so many standard deviations nearer than the average is as near as it gets."""

LIKED, MOST_LIKED = 0.25, 0.75
"""What one doubling of taken over rejected brings, and the most that it can."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How points become a chance; ``answer`` are those of an answer, which no hint speaks for.

    Fitted on the questions that were not kept apart (docs/suggestions.md).
    """

    slope: float
    middle: float
    answer: float


WITH_MEANING = Scale(slope=0.85, middle=5.9, answer=1.5)
BY_WORDS_ALONE = Scale(slope=2.1, middle=1.9, answer=0.3)

LEAST = 0.2
"""A text with a smaller chance is not shown: an agent reads no guesses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A text that may be suggested. ``asked``: the questions that it answered, or ways to ask.

    ``meanings`` are their packed vectors, where an encoder read them. ``taken`` (``edited`` of
    these before they were sent) and ``rejected`` is what agents did with it.
    """

    id: str
    source: Source
    title: str
    text: str
    asked: tuple[str, ...]
    meanings: tuple[str, ...] = ()
    taken: int = 0
    edited: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A citizen's message. ``meaning`` is its packed vector, empty without encoder.

    ``hints`` are points of candidates by their id, for what else is known of the message.
    """

    text: str
    meaning: str = ""
    hints: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A candidate with the chance that it fits, 0-1; ``like`` is what it was found by."""

    candidate: Candidate
    chance: float
    like: str


def suggested(asked: Asked, candidates: Sequence[Candidate], most: int = MOST) -> list[Suggestion]:
    """The likeliest first."""
    ranked = [
        Suggestion(candidate=one, chance=chance(fit, scale_of(asked)), like=like(asked, one))
        for one, fit in fits(asked, candidates)[:most]
    ]
    return [one for one in ranked if one.chance >= LEAST]


def fits(asked: Asked, candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """All candidates with how well they fit, the best first."""
    words, near = by_words(asked.text, candidates), by_meaning(asked.meaning, candidates)
    points = [
        (
            one,
            BY_WORDS * words[at] + BY_MEANING * near[at] + asked.hints.get(one.id, 0) + liking(one),
        )
        for at, one in enumerate(candidates)
    ]
    return sorted(points, key=lambda pair: (-pair[1], pair[0].id))


def known_of(asked: Asked, one: Candidate) -> float:
    """What else speaks for it: hints of the message, and what agents did with it before."""
    if one.source == "answer":
        return scale_of(asked).answer + liking(one)
    return asked.hints.get(one.id, 0.0) + liking(one)


def scale_of(asked: Asked) -> Scale:
    return WITH_MEANING if asked.meaning else BY_WORDS_ALONE


def chance(fit: float, scale: Scale) -> float:
    """The chance that a text with this fit is one that answers."""
    return 1 / (1 + math.exp(-scale.slope * (fit - scale.middle)))


def liking(one: Candidate) -> float:
    """What agents did with it before; nothing when they did nothing, or half of each."""
    useful = one.taken - one.edited / 2
    doublings = math.log2((1 + useful) / (1 + one.rejected))
    return max(-MOST_LIKED, min(MOST_LIKED, LIKED * doublings))


def by_words(question: str, candidates: Sequence[Candidate]) -> list[float]:
    """BM25 over words and pieces of words, from 0 to 1."""
    asked = set(pieces(question))
    counted = [Counter(pieces(" . ".join((one.title, *one.asked)))) for one in candidates]
    average = sum(held.total() for held in counted) / max(1, len(counted)) or 1.0
    holders = Counter(piece for held in counted for piece in asked & held.keys())
    found = []
    for held in counted:
        length = 1 - B + B * held.total() / average
        each = (
            rarity(piece, holders[piece], len(counted))
            * (held[piece] * (K1 + 1) / (held[piece] + K1 * length))
            for piece in asked & held.keys()
        )
        found.append(min(1.0, sum(each) / FULL_MATCH))
    return found


def rarity(piece: str, holders: int, total: int) -> float:
    """How telling it is: little when many hold it; a piece of a word tells half."""
    return math.log(1 + (total - holders + 0.5) / (holders + 0.5)) / (
        2 if len(piece) == PIECE else 1
    )


def by_meaning(meaning: str, candidates: Sequence[Candidate]) -> list[float]:
    """How much nearer than the average, from 0 to 1; distances differ from model to model."""
    near = [nearest(meaning, one)[1] for one in candidates]
    known = [each for each in near if each is not None]
    if not known:
        return [0.0] * len(candidates)
    middle = sum(known) / len(known)
    spread = math.sqrt(sum((each - middle) ** 2 for each in known) / len(known)) or 1.0
    return [
        0.0 if each is None else max(0.0, min(1.0, (each - middle) / spread / CLEARLY_NEARER))
        for each in near
    ]


def nearest(meaning: str, one: Candidate) -> tuple[str, float | None]:
    """The way of asking that means most alike, and how much; none without vectors."""
    if not meaning or not one.meanings:
        return "", None
    ways = (one.title, *one.asked)
    compared = (
        (way, alike(meaning, vector))
        for way, vector in zip(ways, one.meanings, strict=True)
        if vector
    )
    return max(compared, key=lambda pair: pair[1])


def like(asked: Asked, one: Candidate) -> str:
    """Which of its questions this one is like; its first when only words speak for it."""
    return nearest(asked.meaning, one)[0] or next(
        (way for way in (one.title, *one.asked) if way), ""
    )
