"""The directions in which meanings differ most whatever they are about, written for matching."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from chalicelib.detection.encoder import Encoder
from chalicelib.detection.meaning import packed
from chalicelib.incidents.common import COMMON
from infra.incidents.rarity import training_texts

TARGET = Path(__file__).parents[2] / "chalicelib" / "incidents" / COMMON
READ, SEED = 3000, 7
"""So many training messages, drawn at random, are read."""

DIRECTIONS = 5
"""Beyond it, pairs of one event were told from others less well on harbour, frost and eve."""


def write_common(encoder: Encoder) -> int:
    """Read, find, write, and say how many there are."""
    texts = training_texts()
    random.Random(SEED).shuffle(texts)
    found = directions_of([encoder.read(text).meaning for text in texts[:READ]])
    head = "# what all meanings share, a direction a line: python -m infra incidents common"
    TARGET.write_text("\n".join([head, *found]) + "\n", "utf-8")
    return len(found)


def directions_of(meanings: Sequence[Sequence[float]]) -> list[str]:
    """The first singular vectors of these, not centred, packed."""
    _, _, found = np.linalg.svd(np.array(meanings), full_matrices=False)
    return [packed([float(one) for one in row]) for row in found[:DIRECTIONS]]
