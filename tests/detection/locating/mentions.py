"""Our labelled mentions of places, and how well a gazetteer lets the finder do on them.

``mentions.tsv``, written before the finder was; every third is kept apart: nobody looks at those
while tuning. ``fresh.tsv``, written after most rules, and tried once before anything was mended.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from chalicelib.detection.locating.finding import find
from chalicelib.detection.locating.gazetteer import Gazetteer
from chalicelib.domain.whereabouts import Surroundings

FILE = Path(__file__).with_name("mentions.tsv")
FRESH = Path(__file__).with_name("fresh.tsv")
NOTHING = "-"
Outcome = Literal["right", "wrong", "none"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A text and the gemeente that it is about; None where a careful reader cannot say."""

    kind: str
    gemeente: str | None
    text: str
    apart: bool


def mentions(file: Path = FILE) -> list[Mention]:
    lines = [line.split("\t") for line in file.read_text("utf-8").splitlines()]
    return [
        Mention(kind, None if gemeente == NOTHING else gemeente, text, number % 3 == 2)
        for number, (kind, gemeente, text) in enumerate(lines)
    ]


def outcome(mention: Mention, gazetteer: Gazetteer) -> Outcome:
    """A gemeente where none can be known is wrong; none where one is told is a miss."""
    best = find(mention.text, Surroundings(), gazetteer).best
    found = best.gemeente if best else None
    if found == mention.gemeente:
        return "right"
    return "none" if found is None else "wrong"


def measured(gazetteer: Gazetteer, *, apart: bool) -> Counter[Outcome]:
    chosen = [mention for mention in mentions() if mention.apart == apart]
    return Counter(outcome(mention, gazetteer) for mention in chosen)


def measured_fresh(gazetteer: Gazetteer) -> Counter[Outcome]:
    return Counter(outcome(mention, gazetteer) for mention in mentions(FRESH))
