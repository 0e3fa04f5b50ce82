"""How well the assistant does on dialogues with known outcomes: what docs/flows.md reports."""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from chalicelib.detection import classifier
from chalicelib.detection.stack import Classify
from chalicelib.intake.engine import Assistant
from chalicelib.web.sentences import advice
from infra.converse import conversed
from infra.encoder.command import own_encoder

FOLDER = Path(__file__).parent / "dialogues"
ENOUGH = 0.5
"""A slot is found when it has this share of the words that tell something in the label."""

SMALL = frozenset(
    ["de", "het", "een", "en", "van", "in", "op", "bij", "aan", "met", "is", "was", "te", "er", "die", "dat", "uit", "naar", "om", "voor", "rond", "uur"]
)


def dialogues(name: str) -> list[dict[str, Any]]:
    """The dialogues of one file."""
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


def stems(text: str) -> set[str]:
    """The telling words, cut to five letters: fiets and fietsen are one."""
    return {word[:5] for word in re.findall(r"\w+", text.casefold()) if word not in SMALL}


def is_found(label: str, said: str) -> bool:
    """Whether a slot holds what it should."""
    wanted = stems(label)
    return not wanted or len(wanted & stems(said)) / len(wanted) >= ENOUGH


def measured(
    cases: Iterable[Mapping[str, Any]], classify: Classify, tell: bool = False
) -> dict[str, float]:
    """The figures over these dialogues."""
    assistant = Assistant(advice())
    sums = dict.fromkeys(
        ("slots", "found", "invented", "danger", "caught", "calm", "alarms", "kind", "topic",
         "handover", "dialogues"), 0,
    )  # fmt: skip
    for case in cases:
        got, expect = conversed(case, assistant, classify), case["expect"]
        wrong = []
        sums["dialogues"] += 1
        for slot, label in expect["slots"].items():
            sums["slots"] += 1
            found = is_found(label, got["slots"].get(slot, ""))
            sums["found"] += found
            wrong += [] if found else [f"{slot}: {label!r} got {got['slots'].get(slot)!r}"]
        extra = got["slots"].keys() - expect["slots"].keys()
        sums["invented"] += len(extra)
        wrong += [f"invented {slot}: {got['slots'][slot]!r}" for slot in extra]
        turn = expect["emergency_turn"]
        sums["danger"] += turn is not None
        sums["calm"] += turn is None
        sums["caught"] += turn is not None and got["emergency_turn"] == turn
        sums["alarms"] += turn is None and got["emergency_turn"] is not None
        for name in ("kind", "topic", "handover"):
            sums[name] += got[name] == expect[name]
            wrong += [f"{name} {expect[name]} got {got[name]}"] if got[name] != expect[name] else []
        wrong += (
            [f"emergency {turn} got {got['emergency_turn']}"]
            if turn != got["emergency_turn"]
            else []
        )
        if tell and wrong:
            print(
                case["id"], " | ".join(t["text"] for t in case["turns"])[:160], *wrong, sep="\n    "
            )
    return {
        "slots found": sums["found"] / sums["slots"],
        "invented a dialogue": sums["invented"] / sums["dialogues"],
        "emergency at its turn": sums["caught"] / max(1, sums["danger"]),
        "false alarms": sums["alarms"] / max(1, sums["calm"]),
        "kind": sums["kind"] / sums["dialogues"],
        "topic": sums["topic"] / sums["dialogues"],
        "handover": sums["handover"] / sums["dialogues"],
    }


if __name__ == "__main__":
    encoder = own_encoder()
    judge = classifier("full", encoder) if encoder else classifier("model")
    print(measured(dialogues(sys.argv[1]), judge, tell=len(sys.argv) > 2))  # noqa: T201
