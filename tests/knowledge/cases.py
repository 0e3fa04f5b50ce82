"""Our own questions with their doors (``cases/*.tsv``: door, language, question).

``tune`` and ``apart`` were written before the signpost, at one time and by the hand that wrote it;
``apart`` was only counted. ``fresh`` was written after it and first answered unseen: what that gave
is in docs/knowledge.md. ``python -m tests.knowledge.cases`` counts them all.
"""
# ruff: noqa: T201 - a command prints

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chalicelib.knowledge import ask
from infra.ask import own_desk

FOLDER = Path(__file__).parent / "cases"
SETS = ("tune", "apart", "fresh", "later")


@dataclass(frozen=True, slots=True)
class Case:
    door: str
    lang: str
    text: str


def cases(name: str) -> list[Case]:
    lines = (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    return [Case(*line.split("\t")) for line in lines]


def wrong(name: str) -> Iterator[tuple[Case, str]]:
    """The questions of a set that went to another door, with that door."""
    desk = own_desk()
    for case in cases(name):
        found = ask(case.text, desk).door
        if found != case.door:
            yield case, found


def main() -> None:
    for name in SETS:
        missed = list(wrong(name))
        total = len(cases(name))
        print(f"{name}: {total - len(missed)} of {total} ({1 - len(missed) / total:.3f})")
        for case, found in missed if name != "apart" else ():
            print(f"    {case.door} → {found} · {case.text}")


if __name__ == "__main__":
    main()
