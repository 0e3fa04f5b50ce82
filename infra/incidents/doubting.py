"""How the sum of likenesses and what the cross-encoder reads are weighed together.

By a logistic regression on what matching comes to be in doubt of, on evenings that neither the
encoder nor the cross-encoder has read.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from chalicelib.incidents.likeness import likeness
from chalicelib.incidents.matching import Open, ReadBeside
from chalicelib.incidents.report import Report
from chalicelib.incidents.scoring import Reading, Weights
from infra.incidents.fitting import solved
from infra.incidents.scores import Groups
from infra.incidents.stream import Stream

HALF = 0.5
RIDGE = 3.0
BOUNDS = Reading(above=-4.5, below=1.5, most=4, base=0.0, score=1.0, read=0.0)
"""What is read at all; chosen before anything was fitted."""

Row = tuple[float, float, bool]
"""The sum, what was read, and whether it was about this."""

Doubts = tuple[Sequence[Report], Groups, Callable[[Report], ReadBeside]]
"""An evening's reports, the true incident of each, and how each reads beside others."""


def weighed(evenings: Sequence[Doubts], weights: Weights) -> Weights:
    """The same weights, with how both are weighed together."""
    scale = replace(weights, reading=BOUNDS)
    rows = [row for evening in evenings for row in doubts(*evening, scale)]
    table = np.array([(score, read, 1.0) for score, read, _ in rows])
    truth = np.array([float(same) for *_, same in rows])
    believed = np.array([1.0, 0.0, 0.0])
    score, read, base = solved(table, truth, np.full(3, RIDGE), believed)
    found = replace(
        BOUNDS,
        base=round(float(base), 2), score=round(float(score), 2), read=round(float(read), 2),
    )  # fmt: skip
    return replace(weights, reading=found)


def doubts(
    reports: Sequence[Report],
    truth: Groups,
    beside: Callable[[Report], ReadBeside],
    scale: Weights,
) -> list[Row]:
    """What matching is in doubt of on an evening, when it goes on by the sum alone."""
    rows: list[Row] = []

    def noting(report: Report) -> ReadBeside:
        def read(candidates: Sequence[Open]) -> list[float | None]:
            for one, said in zip(candidates, beside(report)(candidates), strict=True):
                score = scale.score(likeness(report, one.picture))
                rows.append((score, said or 0.0, about(report, one, truth)))
            return [None] * len(candidates)

        return read

    stream = Stream(scale, beside=noting)
    for report in reports:
        stream.take(report)
    return rows


def about(report: Report, one: Open, truth: Groups) -> bool:
    """Whether most of those that are read are about the report's own event."""
    own = truth[report.message]
    same = [truth[source.message] == own for source in one.picture.sources]
    return own is not None and sum(same) >= HALF * len(same)
