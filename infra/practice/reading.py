"""A recorded evening as practice: its labelled lines, put into the store before they come in.

Lines are those of ``tests/incidents/evenings``: ``{id, at, channel, author, text, urgency,
emergency}``, and where it is known ``audience``: ``private``. Without labels no debrief is
possible.
"""

import json
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, get_args

from chalicelib.domain.assessment import Urgency
from chalicelib.domain.moments import Moment
from chalicelib.domain.practice import Audience, PracticeLine, PracticeRound
from chalicelib.errors import Misconfigured
from chalicelib.store import practice
from chalicelib.store.table import Table

EVENING = Path(__file__).with_name("evening.jsonl")
AT_ONCE = 50
"""Lines in one write."""

OURS = {"webchat": "chat"}
"""Channels that the recordings call otherwise."""


def begin(table: Table, file: Path, pace: int, now: Moment) -> PracticeRound:
    """Put a new round into the store; nothing comes in yet. Raises ``Misconfigured``."""
    if pace < 1:
        raise Misconfigured("--pace must be 1 or more")
    found = read(file, now)
    round_ = PracticeRound(started_at=now, evening=file.stem, pace=pace, lines=len(found))
    lines = iter(found)
    while batch := list(islice(lines, AT_ONCE)):
        table.write(*(practice.kept_line(line) for line in batch))
    table.write(practice.kept_round(round_))
    return round_


def read(file: Path, round_: Moment) -> list[PracticeLine]:
    """The lines in their order. Raises ``Misconfigured`` naming the first that will not do."""
    try:
        texts = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"no evening to practise on: {error}") from None
    known = [understood(text, number) for number, text in enumerate(texts, start=1) if text]
    if not known:
        raise Misconfigured(f"{file} holds no messages")
    known.sort(key=lambda one: one[0])
    first = known[0][0]
    return [
        PracticeLine(round=round_, number=number, after=seconds(at, first), **told)
        for number, (at, told) in enumerate(known, start=1)
    ]


def seconds(at: datetime, first: datetime) -> int:
    return int((at - first).total_seconds())


def understood(text: str, number: int) -> tuple[datetime, dict[str, Any]]:
    """When a line was written, and all else it tells. Raises ``Misconfigured``."""
    try:
        found = json.loads(text)
        at = datetime.fromisoformat(found["at"])
        urgency, audience = found["urgency"], found.get("audience", "")
        if urgency not in get_args(Urgency) or audience not in get_args(Audience):
            raise ValueError(f"unknown label {urgency!r} {audience!r}")  # noqa: TRY301
        told = {name: str(found[name]) for name in ("author", "text")}
        channel = OURS.get(str(found["channel"]), str(found["channel"]))
        labels = {"urgency": urgency, "emergency": found["emergency"] is True, "audience": audience}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Misconfigured(f"line {number} is no labelled message: {error!r}") from None
    else:
        return at, {"channel": channel, **told, **labels}
