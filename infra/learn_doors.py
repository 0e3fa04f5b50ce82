"""``python -m infra.learn_doors FILE.tsv …``: fit what the meaning of a question says of its door.

Each line of a file is a door, a language and a question. The ways of asking for our articles are
learned from as well. Ridge regression: with some hundred questions more layers learn them by heart.
The outcome is ``chalicelib/knowledge/learned.json``; make it again when the encoder changes.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from chalicelib.detection.encoder import Encoder
from chalicelib.knowledge import learned
from chalicelib.knowledge.articles import articles
from infra.encoder.command import FOLDER, ROOT

OUT = ROOT / "chalicelib" / "knowledge" / learned.FILE
RIDGE = 0.5
DIGITS = 4


def main(paths: Sequence[str]) -> None:
    """Fit and write."""
    encoder, pairs = Encoder(FOLDER), [pair for path in paths for pair in asked_in(Path(path))]
    pairs += [(one.door, ask) for one in articles() for ask in (one.title, *one.asks)]
    meanings = np.array([encoder.read(text).meaning for _, text in pairs])
    weights = fitted(meanings, [door for door, _ in pairs])
    probe = rounded(np.array(encoder.read(learned.PROBE).meaning))
    OUT.write_text(json.dumps({"probe": probe, "weights": weights}) + "\n", "utf-8")


def asked_in(path: Path) -> list[tuple[str, str]]:
    """The questions of a file, each after its door."""
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [(door, text) for door, _, text in lines]


def fitted(
    meanings: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", doors: Sequence[str]
) -> dict[str, list[float]]:
    """For each door its weights, the one beside them last."""
    centre = meanings.mean(0)
    given = np.column_stack([meanings - centre, np.ones(len(meanings))])
    known = sorted(set(doors))
    wanted = np.array([[float(door == each) for each in known] for door in doors])
    square = given.T @ given + RIDGE * np.eye(given.shape[1])
    columns = np.linalg.solve(square, given.T @ wanted)
    columns[-1] -= centre @ columns[:-1]
    return {door: rounded(columns[:, at]) for at, door in enumerate(known)}


def rounded(numbers: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> list[float]:
    """As many digits as matter."""
    return [round(float(each), DIGITS) for each in numbers]


if __name__ == "__main__":
    main(sys.argv[1:])
