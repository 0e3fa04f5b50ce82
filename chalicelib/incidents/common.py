"""A meaning without what all messages have in common: how urgent, a question or thanks.

The encoder was taught to tell those, so they lie along the few directions in which its vectors
differ most, and hide which event a message is about. Taking these away ("all but the top", Mu and
Viswanath 2018) is what is left to compare. The directions are found beforehand in the training
messages (``python -m infra incidents common``) and belong to one version of the encoder.
"""

from functools import cache, lru_cache
from importlib.resources import files
from operator import mul

from chalicelib.detection.meaning import packed, unpacked

COMMON = "common.txt"


@lru_cache(maxsize=2048)
def distinct(meaning: str) -> str:
    """A packed vector without its common part, packed."""
    rest = list(unpacked(meaning))
    for direction in directions():
        along = sum(map(mul, rest, direction))
        rest = [one - along * other for one, other in zip(rest, direction, strict=True)]
    return packed(rest)


@cache
def directions() -> tuple[tuple[float, ...], ...]:
    """Of unit length and at right angles, the one in which messages differ most first."""
    lines = (files("chalicelib.incidents") / COMMON).read_text("utf-8").splitlines()
    return tuple(unpacked(line) for line in lines if not line.startswith("#"))
