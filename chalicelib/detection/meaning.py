"""What a message means, as a vector: packed in bytes to be kept, and compared."""

from array import array
from base64 import b64decode, b64encode
from collections.abc import Sequence
from functools import lru_cache
from math import sqrt
from operator import mul

LARGEST = 127


def packed(meaning: Sequence[float]) -> str:
    """Each number as a byte, the largest as 127; as base64 text."""
    largest = max(map(abs, meaning), default=0.0) or 1.0
    return b64encode(array("b", [round(LARGEST * one / largest) for one in meaning])).decode()


@lru_cache(maxsize=2048)
def unpacked(text: str) -> tuple[float, ...]:
    """The vector, of unit length."""
    numbers = array("b", b64decode(text))
    length = sqrt(sum(map(mul, numbers, numbers))) or 1.0
    return tuple(number / length for number in numbers)


def alike(one: str, other: str) -> float:
    """The cosine of two packed vectors: 1 for the same, about 0 for what has nothing in common."""
    return float(sum(map(mul, unpacked(one), unpacked(other))))


def middle(texts: Sequence[str]) -> str:
    """The mean of packed vectors, packed; empty when there are none."""
    vectors = [unpacked(text) for text in texts if text]
    return packed([sum(column) for column in zip(*vectors, strict=True)]) if vectors else ""
