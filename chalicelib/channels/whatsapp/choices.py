"""Choices below a text (channels.md 4.5): up to three as buttons, more as a list that opens."""

from collections.abc import Sequence
from typing import Any

MOST_BUTTONS = 3
OPENS_THE_LIST = "Maak een keuze"


def choices_message(text: str, choices: Sequence[str]) -> dict[str, Any]:
    """The part of a request that sends them. What comes back is a choice's own words."""
    few = len(choices) <= MOST_BUTTONS
    action = buttons(choices) if few else rows(choices)
    kind = "button" if few else "list"
    inside = {"type": kind, "body": {"text": text}, "action": action}
    return {"type": "interactive", "interactive": inside}


def buttons(choices: Sequence[str]) -> dict[str, Any]:
    return {"buttons": [{"type": "reply", "reply": one} for one in numbered(choices)]}


def rows(choices: Sequence[str]) -> dict[str, Any]:
    return {"button": OPENS_THE_LIST, "sections": [{"rows": numbered(choices)}]}


def numbered(choices: Sequence[str]) -> list[dict[str, str]]:
    return [{"id": f"choice-{n}", "title": title} for n, title in enumerate(choices, start=1)]
