"""The recorded evenings that are learned from; the others are kept apart and only measured on."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "tests" / "incidents" / "evenings"

LEARNED = (
    "harbour", "frost", "eve", "gale", "heat", "june", "twente",
    "thursday", "midnight", "carnival", "snow", "autumn", "market", "festival",
)  # fmt: skip
"""``fair``, ``king``, ``tuesday``, ``nye`` and ``monday`` are kept apart."""

HALF, OTHER_HALF = LEARNED[::2], LEARNED[1::2]
"""What one encoder learned, and what the weights are fitted on: of an evening that it has not read
an encoder says as much as it will say of the next."""


def path(name: str) -> Path:
    """Where an evening lies."""
    return FOLDER / f"{name}.jsonl"


def lines(name: str) -> list[dict[str, Any]]:
    """An evening's messages with what is true of each, in order of their time."""
    return [json.loads(line) for line in path(name).read_text("utf-8").splitlines()]


def subject_of(line: Mapping[str, Any]) -> str:
    """One author on one channel is one conversation."""
    return f"{line['channel']}/{line['author'] or line['id']}"
