"""How well the assistant does on dialogues with known outcomes: what docs/flows.md reports."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from chalicelib.flows.citizen.pointing import pointing
from chalicelib.intake.engine import Assistant
from chalicelib.knowledge.asking import Desk
from chalicelib.web.sentences import advice
from infra.ask import own_desk
from infra.converse import conversed

FOLDER = Path(__file__).parent / "dialogues"
ENOUGH = 0.5
"""A slot is found when it has this share of the words that tell something in the label."""

SMALL = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "van",
        "in",
        "op",
        "bij",
        "aan",
        "met",
        "is",
        "was",
        "te",
        "er",
        "die",
        "dat",
        "uit",
        "naar",
        "om",
        "voor",
        "rond",
        "uur",
    ]
)


def dialogues(name: str) -> list[dict[str, Any]]:
    """The dialogues of one file."""
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def stems(text: str) -> set[str]:
    """The telling words, cut to five letters: fiets and fietsen are one."""
    return {word[:5] for word in re.findall(r"\w+", text.casefold()) if word not in SMALL}


def is_found(label: str, said: str) -> bool:
    """Whether a slot holds what it should."""
    wanted = stems(label)
    return not wanted or len(wanted & stems(said)) / len(wanted) >= ENOUGH


def measured(cases: Iterable[Mapping[str, Any]], desk: Desk, *, tell: bool) -> dict[str, str]:
    """The figures over these dialogues."""
    sums: Counter[str] = Counter()
    assistant = Assistant(advice(), pointing(desk))
    for case in cases:
        counted, wrong = compared(case["expect"], conversed(case, assistant, desk.classify))
        sums.update(counted)
        if tell and wrong:
            print(case["id"], case["turns"][0]["text"][:90], *wrong, sep="\n    ")  # noqa: T201
    shares = {
        "slots found": ("found", "slots"),
        "invented a dialogue": ("invented", "dialogues"),
        "emergency at its turn": ("caught", "danger"),
        "false alarms": ("alarms", "calm"),
        **{name: (name, "dialogues") for name in ("kind", "topic", "handover", "signpost")},
    }
    return {name: f"{sums[part]}/{sums[whole]}" for name, (part, whole) in shares.items()}


def compared(expect: Mapping[str, Any], got: Mapping[str, Any]) -> tuple[dict[str, int], list[str]]:
    """What counts in one dialogue, and what is wrong with it in words."""
    slots, turn, raised = got["slots"], expect["emergency_turn"], got["emergency_turn"]
    labels = expect["slots"]
    lost = [slot for slot, label in labels.items() if not is_found(label, slots.get(slot, ""))]
    extra = slots.keys() - labels.keys()
    same = {name: got[name] == expect[name] for name in ("kind", "topic", "handover", "signpost")}
    wrong = [f"{slot}: {labels[slot]!r} got {slots.get(slot)!r}" for slot in lost]
    wrong += [f"invented {slot}: {slots[slot]!r}" for slot in extra]
    wrong += [f"{name} {expect[name]} got {got[name]}" for name, good in same.items() if not good]
    wrong += [f"emergency {turn} got {raised}"] * (turn != raised)
    return {
        "dialogues": 1,
        "slots": len(labels),
        "found": len(labels) - len(lost),
        "invented": len(extra),
        "danger": int(turn is not None),
        "caught": int(turn is not None and raised == turn),
        "calm": int(turn is None),
        "alarms": int(turn is None and raised is not None),
        **{name: int(good) for name, good in same.items()},
    }, wrong


if __name__ == "__main__":
    print(measured(dialogues(sys.argv[1]), own_desk(), tell=len(sys.argv) > 2))  # noqa: T201
