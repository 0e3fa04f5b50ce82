"""Recorded evenings as labelled messages: what people say when all of it comes in at once.

What was written for a corpus tells or asks something; in a stream people also comment, joke and go
on about what is known. These carry labels for emergency and urgency, and none for the other tasks.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from infra.incidents import evenings
from infra.training.corpus import Labelled

STREAMED = ("emergency", "urgency")
"""What an evening's messages are labelled for."""


def streams(names: Sequence[str]) -> list[Labelled]:
    """All messages of these evenings."""
    return [one for name in names for one in streamed(name, evenings.lines(name))]


def streamed(name: str, lines: Sequence[Mapping[str, Any]]) -> list[Labelled]:
    """An evening as detection hears it; one author on one channel is one conversation."""
    return [
        Labelled(
            id=f"{name}/{line['id']}",
            batch=name,
            text=line["text"],
            channel=line["channel"],
            lang="",
            labels={
                "emergency": "ja" if line["emergency"] else "nee",
                "urgency": line["urgency"],
            },
            earlier=past,
        )
        for line, past in evenings.in_conversation(lines)
    ]
