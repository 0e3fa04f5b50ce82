"""How well detection does: ``python -m tests.detection.measuring [FILE.jsonl …]``.

Without files: our own cases and, where they are, the shared examples beside the repository.
"""
# ruff: noqa: T201 - a command prints

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from chalicelib.domain.assessment import URGENCIES
from tests.detection.cases import Case, assess, load, own

SHARED = Path(__file__).parents[3] / "shared" / "examples"


@dataclass
class Counts:
    """Right and wrong, of one yes-or-no question."""

    found: int = 0
    false: int = 0
    missed: int = 0

    def add(self, *, said: bool, is_so: bool) -> None:
        self.found += said and is_so
        self.false += said and not is_so
        self.missed += is_so and not said

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.false)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.found / max(1, 2 * self.found + self.false + self.missed)

    def __str__(self) -> str:
        counted = f"{self.found} found, {self.false} false, {self.missed} missed"
        return f"P {self.precision:.2f} R {self.recall:.2f} F1 {self.f1:.2f} ({counted})"


@dataclass
class Score:
    """Everything measured on one set of messages."""

    total: int = 0
    emergency: Counts = field(default_factory=Counts)
    urgency: dict[str, Counts] = field(default_factory=lambda: {u: Counts() for u in URGENCIES})
    right: Counter[str] = field(default_factory=Counter)
    model: bool = True

    def add(self, case: Case) -> None:
        said = assess(case["text"], channel=case.get("channel", "whatsapp"), model=self.model)
        self.total += 1
        self.emergency.add(said=said.emergency, is_so=case["emergency"])
        for level, counts in self.urgency.items():
            counts.add(said=said.urgency == level, is_so=case["urgency"] == level)
        for name in ("kind", "topic"):
            self.right[name] += getattr(said, name) == case[name]
        self.right["lang"] += case["lang"] == "mixed" or said.lang == case["lang"]

    @property
    def urgency_f1(self) -> float:
        return sum(counts.f1 for counts in self.urgency.values()) / len(self.urgency)

    def __str__(self) -> str:
        shares = " ".join(f"{name} {self.right[name] / self.total:.2f}" for name in self.right)
        return f"{self.emergency} · urgency macro-F1 {self.urgency_f1:.2f} · {shares}"


def score(cases: Iterable[Case], *, model: bool = True) -> Score:
    result = Score(model=model)
    for case in cases:
        result.add(case)
    return result


def binary(name: str, *, model: bool = True) -> tuple[Counts, Counts]:
    """A shared file of two or three columns: emergency, and any urgency, against its 0 or 1."""
    emergency, wanted = Counts(), Counts()
    for line in (SHARED / name).read_text("utf-8").splitlines():
        *labels, text = line.split("\t")
        said = assess(text, model=model)
        emergency.add(said=said.emergency, is_so="1" in labels)
        wanted.add(said=said.urgency != "geen", is_so="1" in labels)
    return emergency, wanted


def main(files: list[str]) -> None:
    for file in files:
        print(file, score(load(Path(file))), sep=": ")
    if files:
        return
    for name in ("tune", "apart", "rounds"):
        print(f"own, {name}: {score(own(name))}; rules alone: {score(own(name), model=False)}")
    if not SHARED.exists():
        print(f"NOT MEASURED: {SHARED} is not here")
        return
    print(f"messages.jsonl: {score(load(SHARED / 'messages.jsonl'))}")
    print(f"… rules alone: {score(load(SHARED / 'messages.jsonl'), model=False)}")
    for name in ("more_nl.tsv", "more_languages.tsv"):
        emergency, wanted = binary(name)
        print(f"{name}: emergency {emergency} · any urgency {wanted}")


if __name__ == "__main__":
    main(sys.argv[1:])
