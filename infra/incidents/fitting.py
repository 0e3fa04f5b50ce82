"""Fitting the weights: a logistic regression on pairs of a report and what is open.

First against the true incidents as they grow, then (Ross and others 2011) against what the weights
so far make of the evening, so that they learn from their own mistakes. Everything is fixed, the
seed of what is left out too.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from chalicelib.incidents.likeness import Likeness, likeness
from chalicelib.incidents.matching import OPEN_FOR
from chalicelib.incidents.report import Report
from chalicelib.incidents.scoring import Weights
from infra.incidents.scores import Groups
from infra.incidents.stream import Group, Stream

SEED = 7
ROUNDS = 1
RIDGE = 3.0
HALF = 0.5

BELIEVED: Mapping[str, float] = {
    "near_exact": -4.5, "spot_elsewhere": -3.0, "far": -4.0, "another": -2.5,
    "other_spot_in_town": -2.0, "other_spot": -1.0, "own_emergency": -4.0, "conversation": 4.0,
    "shared": 4.0, "strange_words": -0.5, "both_calm": -1.0, "no_meaning": 0.5,
}  # fmt: skip
"""What sets two events apart is told once an event: too little to learn from a few evenings. The
weights are held near these, and the evenings move them only with much evidence; what it means that
the encoder is away (``no_meaning``) no evening can teach."""

FIRM = 200.0

Evening = tuple[Sequence[Report], Groups]
Pairs = list[tuple[Likeness, bool]]


def fitted(evenings: Sequence[Evening], start: Weights) -> Weights:
    """The weights; the bounds are those of ``start``."""
    pairs = [pair for evening in evenings for pair in true_pairs(*evening)]
    found = regressed(pairs, start)
    for _ in range(ROUNDS):
        for reports, truth in evenings:
            pairs += own_pairs(reports, truth, found)
        found = regressed(pairs, start)
    return found


def true_pairs(reports: Sequence[Report], truth: Groups) -> Pairs:
    """Each report with every true incident so far, whole and in part, and each lone message."""
    dice = random.Random(SEED)
    open_: dict[str, list[Report]] = {}
    pairs: Pairs = []
    for report in reports:
        own = truth[report.message]
        for name, told in open_.items():
            group = [one for one in told if dice.random() < HALF] if dice.random() < HALF else told
            if group and comparable(report, group, own, name):
                grown = Group(list(group)).picture
                pairs.append((likeness(report, grown), name == own))
        open_.setdefault(own or f"alone {report.message}", []).append(report)
    return pairs


def comparable(report: Report, group: list[Report], own: str | None, name: str) -> bool:
    """What one citizen says twice about nothing in particular teaches nothing."""
    same = any(one.subject == report.subject for one in group)
    near = Stream(NONE, groups=[Group(group)]).near(report, OPEN_FOR)
    return bool(near) and not (same and own is None and name.startswith("alone "))


def own_pairs(reports: Sequence[Report], truth: Groups, weights: Weights) -> Pairs:
    """Each comparison that these weights come to."""
    pairs: Pairs = []

    def watch(report: Report, group: Group, found: Likeness) -> None:
        names = Counter(truth[one.message] for one in group.reports)
        own = truth[report.message]
        alone = own is None and any(one.subject == report.subject for one in group.reports)
        if not alone:
            pairs.append((found, own is not None and names[own] >= HALF * len(group.reports)))

    stream = Stream(weights, watch)
    for report in reports:
        stream.take(report)
    return pairs


def regressed(pairs: Pairs, start: Weights) -> Weights:
    """Newton's method on the ridge-penalised likelihood."""
    names = sorted(BELIEVED.keys() | {name for found, _ in pairs for name in found})
    table = np.array([[found.get(name, 0.0) for name in names] + [1.0] for found, _ in pairs])
    truth = np.array([float(true) for _, true in pairs])
    firm = [FIRM if name in BELIEVED else RIDGE for name in names]
    ridge = np.append(firm, 1e-3)
    believed = np.array([BELIEVED.get(name, 0.0) for name in names] + [0.0])
    solution = solved(table, truth, ridge, believed)
    each: Mapping[str, float] = {
        name: round(float(n), 2) for name, n in zip(names, solution[:-1], strict=True)
    }
    return replace(start, base=round(float(solution[-1]), 2), each=each)


def solved(table: Any, truth: Any, ridge: Any, believed: Any) -> Any:
    """The likeliest weights of a table with a row for each pair, held near what is believed."""
    solution = believed.copy()
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(table @ solution, -30, 30)))
        slope = table.T @ (chance - truth) + ridge * (solution - believed)
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(ridge)
        solution -= np.linalg.solve(bend, slope)
    return solution


NONE = Weights(0.0, {}, 0.0, 0.0)
