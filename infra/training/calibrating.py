"""How rules and model are weighed: fitted on messages whose author the model had not read."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from chalicelib.detection.fusing import Fusion, Weights, probability, shares
from infra.training.measuring import macro_f1
from infra.training.opinions import Opinion, by_fusion

PRECISION_WANTED = 0.82
"""Of what the model raises; with the false alarms of the rules added, 0.76 is left."""

SEEN_WANTED = 0.9
"""Of the emergencies, how many must raise the alarm or be put before a person."""

THRESHOLDS = tuple(step / 100 for step in range(15, 91))
DOUBTS = tuple(step / 100 for step in range(5, 60))
TRUSTS = (0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0)
TEMPERATURES = (0.5, 0.7, 1.0, 1.4, 2.0, 2.8)
DEAF = (1.0, 0.0, 0.0, 0.0, 0.0)
ALL = (1.0,) * 5


def calibrated(each: Sequence[Opinion], voices: tuple[float, ...] = ALL) -> Fusion:
    """The fusion for these out-of-author opinions; ``DEAF`` leaves the rules out."""
    fusion = Fusion(weighed(each, voices), 1.0, 1.0, {"kind": 0.0, "topic": 0.0}, warmth(each))
    raised = [bool(voices[1]) and one.extract.urgency == "spoed" for one in each]
    chances = [probability(fusion.weights, one.heard) for one in each]
    fusion = replace(fusion, threshold=threshold(each, chances))
    fusion = replace(fusion, doubt=doubt(each, chances, raised, fusion.threshold))
    trust = {task: trusted(each, fusion, task) for task in ("kind", "topic")}
    return replace(fusion, trust=trust)


def weighed(each: Sequence[Opinion], voices: tuple[float, ...]) -> Weights:
    """Platt's logistic regression, over the model's score and what the rules heard."""
    heard = np.array([one.heard for one in each]) * np.array(voices)
    truth = [one.message.emergency for one in each]
    fitted = LogisticRegression(C=10.0, max_iter=1000).fit(heard, truth)
    numbers = [round(float(number), 5) for number in (*fitted.intercept_, *fitted.coef_[0])]
    return Weights(*numbers)


def threshold(each: Sequence[Opinion], chances: list[float]) -> float:
    """The lowest from which the model, raising by itself, is precise enough.

    What the rules raise is not counted: their false alarms stand whatever the model says, and must
    not make it the more silent.
    """
    for lowest in THRESHOLDS:
        said = [
            one.message.emergency
            for one, chance in zip(each, chances, strict=True)
            if chance >= lowest
        ]
        if sum(said) >= PRECISION_WANTED * len(said):
            return lowest
    return THRESHOLDS[-1]


def doubt(
    each: Sequence[Opinion], chances: list[float], raised: list[bool], highest: float
) -> float:
    """The highest from which enough emergencies are at least put before a person."""
    real = [
        (chance, up)
        for one, chance, up in zip(each, chances, raised, strict=True)
        if one.message.emergency
    ]
    for lowest in sorted(DOUBTS, reverse=True):
        seen = sum(up or chance >= lowest for chance, up in real)
        if lowest < highest and seen >= SEEN_WANTED * len(real):
            return lowest
    return DOUBTS[0]


def warmth(each: Sequence[Opinion]) -> float:
    """The temperature at which the labels were likeliest."""

    def surprise(temperature: float) -> float:
        logs: list[Any] = [
            np.log(
                max(1e-9, shares(one.scores[task], temperature).get(one.message.labels[task], 0))
            )
            for one in each
            for task in ("kind", "topic", "urgency")
        ]
        return -float(np.mean(logs))

    return min(TEMPERATURES, key=surprise)


def trusted(each: Sequence[Opinion], fusion: Fusion, task: str) -> float:
    """How much the rules' certainty must count for the best macro-F1 on this task."""
    truth = [one.message.labels[task] for one in each]

    def gained(trust: float) -> float:
        tried = replace(fusion, trust={**fusion.trust, task: trust})
        return macro_f1(truth, [getattr(by_fusion(one, tried), task) for one in each])

    return max(TRUSTS, key=gained)
