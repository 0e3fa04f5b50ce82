"""``python -m infra.learn_doors FILE.tsv … --weigh FILE.tsv …``: learn the doors of questions.

Each line of a file is a door, a language and a question; the ways of asking for our articles are
learned from as well. On the files after ``--weigh`` the voices are weighed too: their questions
never changed a word or a sign, and what was learned is asked of them by a layer that had not seen
them. The outcome is ``chalicelib/knowledge/learned.json``; make it again when the encoder changes.
"""

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from chalicelib.detection import classifier
from chalicelib.detection.reading import reading_of
from chalicelib.domain.assessment import Context
from chalicelib.domain.message import Message
from chalicelib.knowledge import Desk, learned
from chalicelib.knowledge.articles import articles
from chalicelib.knowledge.asking import CHANNEL
from chalicelib.knowledge.doors import DOOR_CODES
from chalicelib.knowledge.finding import likeness
from chalicelib.knowledge.ideas import ideas_in
from chalicelib.knowledge.signpost import Voices, damped, voices_of
from infra.ask import own_desk
from infra.door_layers import Matrix, Network, WordRidge, network, softmax, weighed, word_ridge
from infra.encoder.command import ROOT

OUT = ROOT / "chalicelib" / "knowledge" / learned.FILE
FOLDS = 3
MOST_WEIGHED = 400
"""So many questions are enough for some twenty weights; reading them takes most of the time."""

DIGITS = 4
VOICES = ("meaning", "words", "signs", "against", "near")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its door. ``weighs``: the voices are weighed on it."""

    door: int
    text: str
    weighs: bool


def main() -> None:
    """Read, fit and write."""
    parser = argparse.ArgumentParser(description="learn the doors of questions")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--weigh", nargs="+", type=Path, required=True)
    given = parser.parse_args()
    cases = [case for path in given.weigh for case in asked_in(path, weighs=True)]
    cases += [case for path in given.files for case in asked_in(path, weighs=False)]
    cases += [
        Asked(DOOR_CODES.index(one.door), ask, weighs=False)
        for one in articles()
        for ask in (one.title, *one.asks)
    ]
    OUT.write_text(json.dumps(fitted(cases, own_desk()), ensure_ascii=False) + "\n", "utf-8")


def asked_in(path: Path, *, weighs: bool) -> list[Asked]:
    """The questions of a file."""
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [Asked([*DOOR_CODES].index(door), text, weighs) for door, _, text in lines]  # type: ignore[arg-type]


def fitted(cases: Sequence[Asked], desk: Desk) -> dict[str, Any]:
    """The layer as it is written."""
    if desk.meaning is None:
        raise SystemExit("the encoder is not here: python -m infra encoder")
    meanings = np.array([desk.meaning(case.text) for case in cases])
    centre, doors = meanings.mean(0), np.array([case.door for case in cases])
    given = np.array([learned.centred(list(row), list(centre)) for row in meanings])
    pieces = [learned.word_pieces(case.text) for case in cases]
    net, ridge = network(given, doors), word_ridge(pieces, doors)
    by_meaning, by_words = unseen(given, pieces, doors)
    at = [number for number, case in enumerate(cases) if case.weighs]
    at = at[:: math.ceil(len(at) / MOST_WEIGHED)]
    with_desk = [heard(cases[number].text, desk) for number in at]
    alone = [heard(cases[number].text, Desk(classifier())) for number in at]
    return {
        "probe": rounded(desk.meaning(learned.PROBE)),
        "centre": rounded(centre),
        **written(net, ridge),
        "with_meaning": told("with", by_meaning[at], by_words[at], with_desk, doors[at]),
        "without": told("without", 0 * by_meaning[at], by_words[at], alone, doors[at]),
    }


def unseen(
    given: Matrix, pieces: Sequence[set[str]], doors: "np.ndarray[Any, np.dtype[np.int64]]"
) -> tuple[Matrix, Matrix]:
    """What a layer says that did not learn the question: each third by one of the other two."""
    fold = np.random.default_rng(0).integers(0, FOLDS, len(doors))
    by_meaning, by_words = (np.zeros((len(doors), len(DOOR_CODES))) for _ in range(2))
    for each in range(FOLDS):
        rest, asked = np.flatnonzero(fold != each).tolist(), np.flatnonzero(fold == each).tolist()
        by_meaning[asked] = network(given[rest], doors[rest]).says(given[asked])
        ridge = word_ridge([pieces[at] for at in rest], doors[rest])
        by_words[asked] = ridge.says([pieces[at] for at in asked])
    return by_meaning, by_words


def heard(text: str, desk: Desk) -> Voices:
    """What signs and articles say of a question."""
    message = Message(external_id="learn", author_id=None, text=text, kind="text", timestamp=None)
    assessment, reading = desk.classify(message, Context(channel=CHANNEL)), reading_of(text)
    ideas = ideas_in(reading.text, reading.spoken.present)
    return voices_of(ideas, likeness(text, desk.meaning), assessment)


def told(
    name: str,
    by_meaning: Matrix,
    by_words: Matrix,
    voices: Sequence[Voices],
    doors: "np.ndarray[Any, np.dtype[np.int64]]",
) -> dict[str, Any]:
    """The weights of the voices, as they are written; what they reach is printed."""
    signs, near = (
        np.array([[getattr(one, voice).get(door, 0.0) for door in DOOR_CODES] for one in voices])
        for voice in ("signs", "near")
    )
    damp = np.vectorize(damped)(signs)
    said = np.stack([by_meaning, by_words, damp, np.minimum(0, signs), near], 2)
    weights, beside = weighed(said, doors)
    right = softmax(said @ weights + beside).argmax(1) == doors
    print(f"{name} meaning: {right.mean():.3f} of {len(doors)} weighed on")
    plain = dict(zip(VOICES, rounded(weights), strict=True))
    return {**plain, "beside": dict(zip(DOOR_CODES, rounded(beside), strict=True))}


def written(net: Network, ridge: WordRidge) -> dict[str, Any]:
    """Both layers, in few digits."""
    hidden = [rounded([*column, one]) for column, one in zip(net.inner.T, net.first, strict=True)]
    out = [rounded([*column, one]) for column, one in zip(net.outer.T, net.last, strict=True)]
    rows = zip(ridge.known, ridge.rarity, ridge.weights, strict=True)
    return {
        "hidden": hidden,
        "out": dict(zip(DOOR_CODES, out, strict=True)),
        "words": {
            word: [round(rarity, 2), *(round(each * learned.WHOLE) for each in row)]
            for word, rarity, row in rows
        },
    }


def rounded(numbers: "Sequence[float] | np.ndarray[Any, np.dtype[np.float64]]") -> list[float]:
    """As many digits as matter."""
    return [round(float(each), DIGITS) for each in numbers]


if __name__ == "__main__":
    main()
