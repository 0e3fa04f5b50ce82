"""Recorded evenings, cut into stretches in which an encoder learns what is about one event.

Taught urgency, kind and topic alone, it lays two fires nearer each other than a fire and the thanks
for its end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from infra.incidents import evenings
from infra.incidents.contrasting import Table, Told, compared
from infra.training.streams import streamed

STRETCH = 64
"""Messages that are compared at a time, in the order of their time."""

FEWEST = 8
PASSES = 4
"""How often each evening is read, cut at other places each time."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Messages that follow each other, which of them are compared, and which are of one event.

    ``texts``: each with what the same citizen wrote before it.
    """

    texts: Sequence[tuple[str, str]]
    near: Table
    same: Table


def stretches(names: Sequence[str], dice: Random) -> list[Stretch]:
    """All evenings of these names, cut up, as often as they are read."""
    each = [heard(evenings.lines(name)) for name in names]
    return [one for _ in range(PASSES) for messages in each for one in cut(messages, dice)]


Heard = tuple[str, str, Told]
"""A message, what came before it, and how it is compared."""


def heard(lines: Sequence[Mapping[str, Any]]) -> list[Heard]:
    """An evening as detection hears it."""
    return [
        (one.text, one.before, dated(line))
        for line, one in zip(lines, streamed("", lines), strict=True)
    ]


def dated(line: Mapping[str, Any]) -> Told:
    """A line as it is compared."""
    at = datetime.fromisoformat(line["at"]).timestamp()
    return Told(evenings.subject_of(line), at, line["incident"])


def cut(messages: Sequence[Heard], dice: Random) -> list[Stretch]:
    """One evening; where nothing is of one event nothing can be learned."""
    starts = range(dice.randrange(STRETCH) - STRETCH, len(messages), STRETCH)
    parts = [messages[max(0, start) : start + STRETCH] for start in starts]
    found = [
        Stretch([(text, past) for text, past, _ in part], *compared([told for *_, told in part]))
        for part in parts
        if len(part) >= FEWEST
    ]
    return [one for one in found if one.same.any()]
