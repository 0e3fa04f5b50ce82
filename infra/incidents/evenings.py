"""The recorded evenings, and what each is for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "tests" / "incidents" / "evenings"

LEARNED = (
    "harbour", "frost", "eve", "gale", "heat", "june", "twente",
    "thursday", "midnight", "carnival", "snow", "autumn", "market", "festival",
    "turn", "beach", "squall", "masks", "october", "countdown", "spring", "sunday",
)  # fmt: skip
"""What the encoder learned to tell events apart by, and the lens after it; and what in a stream is
an emergency, which the linear model learned of them too."""

READ = (
    "goals", "embers", "exams", "pumpkin", "glaze", "surf", "lantern", "orange",
    "sparks", "lakes", "maas", "lightning", "gust", "dom", "arrival", "cannons",
    "fleamarket", "skates", "dunes", "chase", "bonfire", "weekday", "paths", "mist",
)  # fmt: skip
"""What the cross-encoder learned besides: evenings written to be understood by reading."""

HALF = LEARNED[::2]
"""What the models of a fold learn of them. On the others the opinions are weighed."""

WEIGHED = ("derby", "school", "ice", "liberation", "boxing", "friday")
"""What the weights of matching are fitted on. No model reads these: of an evening that it has
learned it says more than it will of the next."""

KEPT_APART = ("fair", "king", "tuesday", "nye", "monday", "east", "summer", "marches", "fog")
"""Only measured on."""


def path(name: str) -> Path:
    """Where an evening lies."""
    return FOLDER / f"{name}.jsonl"


def lines(name: str) -> list[dict[str, Any]]:
    """An evening's messages with what is true of each, in order of their time."""
    return [json.loads(line) for line in path(name).read_text("utf-8").splitlines()]


def in_conversation(
    told: Iterable[Mapping[str, Any]],
) -> Iterator[tuple[Mapping[str, Any], tuple[str, ...]]]:
    """Each line of an evening with what its conversation had said before."""
    earlier: dict[str, tuple[str, ...]] = {}
    for line in told:
        subject = subject_of(line)
        past = earlier.get(subject, ())
        earlier[subject] = (*past, line["text"])
        yield line, past


def subject_of(line: Mapping[str, Any]) -> str:
    """One author on one channel is one conversation."""
    return f"{line['channel']}/{line['author'] or line['id']}"
