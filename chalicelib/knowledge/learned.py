"""What the meaning of a question says of its door: a linear layer on the encoder's vector.

Fitted by ``python -m infra.learn_doors`` on our own questions, and only for the encoder that it was
fitted with: ``probe`` is what that one made of a sentence, and another encoder is not listened to.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from chalicelib.knowledge.doors import DoorCode, door_code

FILE = "learned.json"
PROBE = "waar kan ik terecht met mijn vraag?"
SAME = 0.999
"""So much alike are two vectors of one sentence by one encoder."""

STRENGTH = 12.0
"""The points of a door of which the layer is certain."""


@dataclass(frozen=True, slots=True)
class Layer:
    """For each door a weight a number of the vector, and one beside them."""

    probe: Sequence[float]
    weights: Mapping[DoorCode, Sequence[float]]


@cache
def layer() -> Layer:
    """The layer as it is packaged."""
    said = json.loads((files("chalicelib.knowledge") / FILE).read_text("utf-8"))
    return Layer(said["probe"], {door_code(name): each for name, each in said["weights"].items()})


def fits_encoder(probe: Sequence[float]) -> bool:
    """Whether the layer was fitted with the encoder that made this of ``PROBE``."""
    return dot(probe, layer().probe) >= SAME


def by_learning(meaning: Sequence[float]) -> dict[DoorCode, float]:
    """The points of each door for a question that means this."""
    scores = {door: dot(each, meaning) + each[-1] for door, each in layer().weights.items()}
    return {door: STRENGTH * min(1.0, max(0.0, score)) for door, score in scores.items()}


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    """The sum of the products; what is longer is not looked at further."""
    return sum(a * b for a, b in zip(one, other, strict=False))
