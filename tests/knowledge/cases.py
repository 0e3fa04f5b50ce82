"""Our own questions with their doors (``cases/*.tsv``: door, language, question).

``tune`` and ``apart`` were written before the signpost, at one time and by the hand that wrote
it; ``apart`` was only counted. ``fresh`` and ``later`` were each written after it, first answered
unseen (docs/knowledge.md has what that gave) and then used. ``python -m tests.knowledge.cases``
counts them all.
"""
# ruff: noqa: T201 - a command prints

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chalicelib.detection import classifier
from chalicelib.knowledge import Desk, ask
from infra.ask import own_desk

FOLDER = Path(__file__).parent / "cases"
SETS = ("tune", "apart", "fresh", "later", "last", "blind", "plain")


@dataclass(frozen=True, slots=True)
class Case:
    door: str
    lang: str
    text: str


def cases(name: str) -> list[Case]:
    lines = (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    return [Case(*line.split("\t")) for line in lines]


def wrong(name: str, desk: Desk) -> Iterator[tuple[Case, str]]:
    """The questions of a set that went to another door, with that door."""
    for case in cases(name):
        found = ask(case.text, desk).door
        if found != case.door:
            yield case, found


def share_right(name: str, desk: Desk) -> float:
    """Of a set."""
    return 1 - len(list(wrong(name, desk))) / len(cases(name))


def main() -> None:
    for named, desk in (("words alone", Desk(classifier())), ("as here", own_desk())):
        for name in SETS:
            missed = list(wrong(name, desk))
            right, total = len(cases(name)) - len(missed), len(cases(name))
            print(f"{named}, {name}: {right} of {total} ({right / total:.3f})")
            for case, found in missed if name != "apart" else ():
                print(f"    {case.door} → {found} · {case.text}")


if __name__ == "__main__":
    main()
