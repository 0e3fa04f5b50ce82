"""What was learned from questions with known doors: by words, and by the encoder's meaning.

Fitted by ``python -m infra.learn_doors`` (docs/knowledge.md). Words: ridge regression on the words
and pieces of a question. Meaning: one hidden layer on the encoder's vector, and only for the
encoder that it was fitted with: ``probe`` is what that one made of a sentence, and another encoder
is not listened to. ``Weights`` say how much each voice counts, with meaning and without.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from operator import mul
from typing import Any

from chalicelib.knowledge.doors import DOOR_CODES, DoorCode, door_code

FILE = "learned.json"
PROBE = "waar kan ik terecht met mijn vraag?"
SAME = 0.999
"""So much alike are two vectors of one sentence by one encoder."""

WHOLE = 1_000
"""Word weights are kept as whole thousandths."""

PIECES = (4, 5)
"""The lengths of the pieces of words."""

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each voice counts; ``beside``: what a door has of itself."""

    meaning: float
    words: float
    signs: float
    against: float
    near: float
    beside: Mapping[DoorCode, float]


@dataclass(frozen=True, slots=True)
class Layer:
    """The file as read. ``words``: of each its rarity, then a weight for each door."""

    probe: Sequence[float]
    centre: Sequence[float]
    hidden: Sequence[Sequence[float]]
    out: Mapping[DoorCode, Sequence[float]]
    words: Mapping[str, Sequence[int]]
    with_meaning: Weights
    without: Weights


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned says this of each door; ``meaning`` is None when it is not listened to."""

    words: Mapping[DoorCode, float]
    meaning: Mapping[DoorCode, float] | None

    @property
    def weights(self) -> Weights:
        """How to weigh it."""
        return layer().without if self.meaning is None else layer().with_meaning


@cache
def layer() -> Layer:
    """The layer as it is packaged."""
    said = json.loads((files("chalicelib.knowledge") / FILE).read_text("utf-8"))
    return Layer(
        probe=said["probe"],
        centre=said["centre"],
        hidden=said["hidden"],
        out={door_code(name): each for name, each in said["out"].items()},
        words=said["words"],
        with_meaning=weights_of(said["with_meaning"]),
        without=weights_of(said["without"]),
    )


def weights_of(said: Mapping[str, Any]) -> Weights:
    """The weights of one case."""
    beside = {door_code(name): each for name, each in said["beside"].items()}
    return Weights(**{**said, "beside": beside})


def fits_encoder(probe: Sequence[float]) -> bool:
    """Whether the layer was fitted with the encoder that made this of ``PROBE``."""
    return dot(probe, layer().probe) >= SAME


def by_learning(text: str, meaning: Sequence[float] | None) -> Learned:
    """What was learned says of a question that means this."""
    return Learned(by_words(text), None if meaning is None else by_meaning(meaning))


def by_meaning(meaning: Sequence[float]) -> dict[DoorCode, float]:
    """The hidden layer, and the doors after it."""
    given = centred(meaning, layer().centre)
    hidden = [max(0.0, dot(each, given) + each[-1]) for each in layer().hidden]
    return {door: dot(each, hidden) + each[-1] for door, each in layer().out.items()}


def centred(meaning: Sequence[float], centre: Sequence[float]) -> list[float]:
    """The vector from the middle of all, so long that its numbers are about one."""
    moved = [one - middle for one, middle in zip(meaning, centre, strict=True)]
    length = math.sqrt(dot(moved, moved) / len(moved)) or 1.0
    return [one / length for one in moved]


def by_words(text: str) -> dict[DoorCode, float]:
    """The mean over the words and pieces that are known, the rare ones heavier."""
    known = [row for each in word_pieces(text) if (row := layer().words.get(each))]
    length = math.sqrt(sum(row[0] ** 2 for row in known)) or 1.0
    return {
        door: sum(row[0] * row[at] for row in known) / length / WHOLE
        for at, door in enumerate(DOOR_CODES, 1)
    }


def word_pieces(text: str) -> set[str]:
    """The words of a text, each two that follow one another, and the pieces of each."""
    words = WORD.findall(text.casefold())
    pairs = {f"{one} {other}" for one, other in pairwise(words)}
    marked = [f"_{word}_" for word in words]
    pieces = {
        word[at : at + size]
        for word in marked
        for size in PIECES
        for at in range(len(word) - size + 1)
    }
    return pieces | pairs | set(words)


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    """The sum of the products; what is longer is not looked at further."""
    total: float = sum(map(mul, one, other))
    return total
