"""A recording through the real flow tells where each message is about."""

import io
import json
from pathlib import Path
from typing import Any

from infra.replay import replay


def evening(tmp_path: Path, *told: tuple[str, str]) -> list[dict[str, Any]]:
    """What becomes of these messages of these authors, a minute after each other."""
    lines = [
        json.dumps({"id": f"m{number}", "at": f"2026-01-01T20:{number:02}:00+01:00",
                    "channel": "whatsapp", "author": author, "text": text})
        for number, (author, text) in enumerate(told)
    ]  # fmt: skip
    out = io.StringIO()
    replay(lines, tmp_path, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_town_gives_its_gemeente_and_unit(tmp_path: Path) -> None:
    (only,) = evening(tmp_path, ("Ans", "fiets gestolen in Vriezenveen"))
    assert only["place"] == "Vriezenveen"
    assert (only["gemeente"], only["unit"]) == ("Twenterand", "Oost-Nederland")


def test_what_is_said_later_in_the_conversation_counts_too(tmp_path: Path) -> None:
    first, _ = evening(tmp_path, ("Ans", "inbraak op de Rozenweg"), ("Ans", "in Hengelo dus"))
    assert (first["place"], first["gemeente"]) == ("Rozenweg", "Hengelo")


def test_what_another_citizen_says_does_not(tmp_path: Path) -> None:
    first, _ = evening(tmp_path, ("Ans", "inbraak op de Rozenweg"), ("Bob", "ik zit in Hengelo"))
    assert (first["place"], first["gemeente"], first["unit"]) == ("Rozenweg", None, None)
