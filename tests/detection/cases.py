"""Our own messages, read from ``cases/*.jsonl``, and how they are assessed.

``tune`` was written before the rules and used to make them; ``apart`` was written at the same time
and never looked at, only counted; ``rounds`` are later rounds, each first assessed unseen (what
that gave is in docs/detection/rules.md) and then used to widen the words.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chalicelib.detection import classifier
from chalicelib.domain.assessment import Assessment, Context
from chalicelib.domain.message import Message

FOLDER = Path(__file__).parent / "cases"

Case = dict[str, Any]


def load(path: Path) -> list[Case]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def own(name: str) -> list[Case]:
    return load(FOLDER / f"{name}.jsonl")


def assess(
    text: str, earlier: Sequence[str] = (), channel: str = "whatsapp", *, model: bool = True
) -> Assessment:
    message = Message(external_id="1", author_id="a", text=text, kind="text", timestamp=None)
    context = Context(channel=channel, earlier=tuple(earlier))
    return classifier("model" if model else "rules")(message, context)
