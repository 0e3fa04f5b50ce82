"""The linear model: one small file of weights, read once when the first message comes.

A row of the table is a bucket, a column an answer ("urgency: nu"); a byte is a weight plus 128.
A score is the sum of a message's rows, a family at a time, scaled and with a bias, so that every
score can be taken apart into what each word brought. The standard library suffices.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Any

from chalicelib.detection.features import BUCKETS, Features

FILE = "linear-1.bin"
MAGIC = b"NABIJ-LINEAR-1\n"
ZERO = 128
"""The byte that stands for no weight."""

EMERGENCY = ("emergency", "ja")

FEWEST = (20, 100, 8)
"""By family: fewer features than this share as if they were so many, or "hoi" would decide."""


def share_of(family: int, count: int) -> float:
    """How much each feature of a family counts when there are so many of them."""
    return 1 / sqrt(max(FEWEST[family], count))


@dataclass(frozen=True, slots=True)
class Model:
    """What the file holds. ``columns`` are (task, answer); ``head`` is kept for the fusion."""

    columns: tuple[tuple[str, str], ...]
    biases: tuple[float, ...]
    scales: tuple[float, ...]
    families: tuple[float, ...]
    head: Mapping[str, Any]
    table: bytes

    def scores(self, features: Features) -> dict[str, dict[str, float]]:
        """For each task the score of every answer, before calibration."""
        width = len(self.columns)
        totals = [0.0] * width
        for number, (family, weight) in enumerate(zip(features, self.families, strict=True)):
            if family:
                rows = [self.table[at * width : (at + 1) * width] for at in family]
                share, nothing = weight * share_of(number, len(rows)), ZERO * len(rows)
                for column, found in enumerate(zip(*rows, strict=True)):
                    totals[column] += share * (sum(found) - nothing)
        scored: dict[str, dict[str, float]] = {}
        for (task, answer), total, scale, bias in zip(
            self.columns, totals, self.scales, self.biases, strict=True
        ):
            scored.setdefault(task, {})[answer] = bias + scale * total
        return scored

    def brought(self, features: Features, column: tuple[str, str]) -> dict[int, float]:
        """What each word, by its place, brought to an answer: all features that it is part of."""
        width, offset = len(self.columns), self.columns.index(column)
        by_place: dict[int, float] = {}
        for number, (family, weight) in enumerate(zip(features, self.families, strict=True)):
            share = weight * self.scales[offset] * share_of(number, len(family))
            for bucket, places in family.items():
                points = share * (self.table[bucket * width + offset] - ZERO)
                for place in dict.fromkeys(places):
                    by_place[place] = by_place.get(place, 0.0) + points
        return by_place


def packed(head: Mapping[str, Any], table: bytes) -> bytes:
    """The file, as training writes it: a line of JSON, then the table."""
    return MAGIC + json.dumps(head, sort_keys=True).encode() + b"\n" + table


def unpacked(raw: bytes) -> Model:
    """The model in a file. Raises ``ValueError`` for what is no model."""
    if not raw.startswith(MAGIC):
        raise ValueError("this is no file of the linear model")
    line, _, table = raw[len(MAGIC) :].partition(b"\n")
    head = json.loads(line)
    columns = tuple((task, answer) for task, answer in head["columns"])
    if len(table) != BUCKETS * len(columns):
        raise ValueError("the model's table has another size than its columns say")
    return Model(
        columns=columns,
        biases=floats(head["biases"]),
        scales=floats(head["scales"]),
        families=floats(head["families"]),
        head=head["fusion"],
        table=table,
    )


def floats(numbers: Sequence[float]) -> tuple[float, ...]:
    """As numbers that cannot change."""
    return tuple(float(number) for number in numbers)


def stored() -> bytes:
    """The file that is packaged with us."""
    return (files("chalicelib.detection") / "model" / FILE).read_bytes()


@cache
def model() -> Model:
    """The model, read at the first message."""
    return unpacked(stored())
