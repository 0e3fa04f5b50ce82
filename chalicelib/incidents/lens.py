"""A meaning as far as it tells one event from another.

The encoder was taught how urgent a message is, of what kind and about what, so its vectors lie
mostly along those, and two fires are nearer to each other than a fire and the thanks for its end.
A linear map, the lens, turns them so that messages of one event come near each other; it was
learned on recorded evenings (``infra/incidents/lensing.py``) and belongs to one version of the
encoder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from operator import mul

from chalicelib.detection.meaning import packed, unpacked

LENS = "lens.txt"
REMEMBERED = 2048

Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Lens:
    """``middle`` is taken away from a meaning of unit length, then each row is laid along it."""

    middle: Vector
    rows: tuple[Vector, ...]

    def through(self, meaning: str) -> str:
        """A packed meaning seen through it, packed; empty without one."""
        if not meaning:
            return ""
        rest = [one - usual for one, usual in zip(unpacked(meaning), self.middle, strict=True)]
        return packed([sum(map(mul, row, rest)) for row in self.rows])


@lru_cache(maxsize=REMEMBERED)
def event_in(meaning: str) -> str:
    """What a packed meaning says of the event, packed: to be compared with ``alike``."""
    return shipped().through(meaning)


@cache
def shipped() -> Lens:
    """As learned; ``python -m infra incidents fit`` writes it."""
    lines = (files("chalicelib.incidents") / LENS).read_text("utf-8").splitlines()
    middle, *rows = (unwritten(line) for line in lines if not line.startswith("#"))
    return Lens(middle, tuple(rows))


def unwritten(line: str) -> Vector:
    """A line of the file: a vector's length, and its direction in bytes."""
    length, direction = line.split()
    return tuple(float(length) * one for one in unpacked(direction))


def in_line(vector: Sequence[float]) -> str:
    """The same the other way."""
    length = sum(one * one for one in vector) ** 0.5
    return f"{length:.6f} {packed(vector)}"
