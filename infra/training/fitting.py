"""Fitting the linear model: one logistic regression a task, then weights of one byte."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# One thread, set before numpy is read: sums in another order would give other bytes.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import numpy as np  # noqa: E402
from scipy import sparse  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402

from chalicelib.detection.features import BUCKETS  # noqa: E402
from chalicelib.detection.linear import EMERGENCY, ZERO, share_of  # noqa: E402
from infra.training.augment import MARK, WEIGHT  # noqa: E402
from infra.training.corpus import ORDINARY, TASKS, Labelled  # noqa: E402
from infra.training.extracting import Extract  # noqa: E402

FAMILY_WEIGHTS = (1.0, 1.0, 0.35)
STRENGTH = {"emergency": 12.0, "urgency": 12.0, "kind": 40.0, "topic": 40.0}
"""How little the weights are held back (C), chosen across authors."""

BALANCED = frozenset({"kind", "topic"})
HEAVIER = 3.0
"""What an ordinary line counts: a real stream holds far more of it than the batches."""

LARGEST = 127
ROUNDS = 300


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model as numbers, quantised already: what is measured is what is shipped."""

    columns: list[tuple[str, str]]
    biases: list[float]
    scales: list[float]
    table: Any

    def scores(self, matrix: Any) -> Any:
        """A row of scores for each row of the matrix."""
        weights = (self.table.astype(np.float64) - ZERO) * np.array(self.scales)
        return matrix @ weights + np.array(self.biases)

    def answers(self, task: str) -> list[str]:
        return [answer for known, answer in self.columns if known == task]

    def at(self, task: str) -> list[int]:
        """The columns of a task."""
        return [place for place, (known, _) in enumerate(self.columns) if known == task]


def matrix_of(extracts: Sequence[Extract]) -> Any:
    """A sparse row a message, families scaled as the service scales them."""
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, extract in enumerate(extracts):
        for number, family in enumerate(extract.families):
            rows += [row] * len(family)
            columns += family
            values += [FAMILY_WEIGHTS[number] * share_of(number, len(family))] * len(family)
    # Buckets that two families share add up, as they do in the service.
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(extracts), BUCKETS))


def fit(messages: Sequence[Labelled], matrix: Any) -> Fitted:
    """All tasks, each of the messages labelled for it; the same data giving the same bytes."""
    counts = np.array([counted(message) for message in messages])
    columns: list[tuple[str, str]] = []
    weights, biases = [], []
    for task in TASKS:
        told = [at for at, message in enumerate(messages) if task in message.labels]
        labels = [messages[at].labels[task] for at in told]
        fitted = LogisticRegression(
            C=STRENGTH[task],
            max_iter=ROUNDS,
            class_weight="balanced" if task in BALANCED else None,
        ).fit(matrix[told], labels, sample_weight=counts[told])
        if task == "emergency":  # two classes give one row, for the later one in the alphabet
            columns.append(EMERGENCY)
            weights.append(-fitted.coef_)
            biases.append(-fitted.intercept_)
        else:
            columns += [(task, str(answer)) for answer in fitted.classes_]
            weights.append(fitted.coef_)
            biases.append(fitted.intercept_)
    return quantised(columns, np.vstack(weights).T, np.concatenate(biases))


def counted(message: Labelled) -> float:
    """How much a message counts."""
    heavy = HEAVIER if message.batch in ORDINARY else 1.0
    return heavy * (WEIGHT if message.id.endswith(MARK) else 1.0)


def quantised(columns: list[tuple[str, str]], weights: Any, biases: Any) -> Fitted:
    """Every column on a scale of its own, one byte a weight."""
    scales = np.abs(weights).max(axis=0) / LARGEST
    table = (np.rint(weights / scales) + ZERO).astype(np.uint8)
    return Fitted(
        columns,
        [round(float(bias), 5) for bias in biases],
        [float(f"{scale:.6g}") for scale in scales],
        table,
    )


def save(fitted: Fitted, path: Path) -> None:
    """Keep it for a later run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    columns = ["\t".join(column) for column in fitted.columns]
    np.savez(part, table=fitted.table, columns=columns, biases=fitted.biases, scales=fitted.scales)
    part.replace(path)


def loaded(path: Path) -> Fitted:
    """As it was kept."""
    with np.load(path) as held:
        columns = [(task, answer) for task, answer in (c.split("\t") for c in held["columns"])]
        return Fitted(columns, held["biases"].tolist(), held["scales"].tolist(), held["table"])
