"""How far careful readers agree with an evening's labels: what can be known at all.

Each file of ``readers`` is an evening as somebody grouped it who had not seen its labels and read
all of it, with a name for the incident and the gemeente of each message; empty where there is none.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from infra.incidents.evenings import lines
from infra.incidents.measuring import placed, rightly_placed, share, shown, wrongly_placed
from infra.incidents.scores import Groups, scored

READERS = Path(__file__).parent / "readers"


def agreement() -> Iterator[tuple[str, Mapping[str, float]]]:
    """The name of each evening that was read again, and the figures of its reader."""
    for path in sorted(READERS.glob("*.tsv")):
        yield path.stem, agreed(path)


def agreed(path: Path) -> Mapping[str, float]:
    """A reader's groups and gemeenten against the labels, measured as a replay is."""
    with path.open(encoding="utf-8", newline="") as file:
        read = {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}
    told = lines(path.stem)
    truth: Groups = {line["id"]: line["incident"] for line in told}
    found = {name: read[name]["incident"] or None for name in truth}
    said = {name: row["gemeente"] or None for name, row in read.items()}
    return {
        **shown(scored(truth, found)),
        "gemeente right": share(rightly_placed(told, said), placed(told)),
        "gemeente wrong": share(wrongly_placed(told, said), told),
    }
