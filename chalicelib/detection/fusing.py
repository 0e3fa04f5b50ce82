"""Rules and model weighed together, in numbers: PURE arithmetic that training and service share.

The model and what the rules heard, their dampers too, give one probability of an emergency. It can
raise; what the rules raised stays (``stack``). Kind and topic are the model's, unless the rules
are surer; how much their certainty weighs was measured between authors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Any

from chalicelib.detection.classifying import Judged
from chalicelib.domain.assessment import URGENCIES, Urgency, more_urgent

SURELY_NOT = -30.0
"""Beyond this a probability is nought for every purpose, and exp would overflow further on."""

FULL_POINTS = 10


@dataclass(frozen=True, slots=True)
class Weights:
    """How the voices count for an emergency: a logistic regression, fitted across authors."""

    bias: float
    model: float
    spoke: float
    points: float
    damped: float
    attention: float


def voices(judged: Judged, score: float) -> tuple[float, ...]:
    """The five voices in the order of ``Weights``, from the message by itself."""
    urgent = [outcome for outcome in judged.alone.found if outcome.rule.urgency == "spoed"]
    points = max((outcome.points for outcome in urgent), default=0)
    urgency = judged.alone.urgency
    return (
        score,
        float(urgency == "spoed"),
        max(0, min(FULL_POINTS, points)) / FULL_POINTS,
        float(any(outcome.dampers for outcome in urgent)),
        float(urgency == "nu"),
    )


def probability(weights: Weights, heard: tuple[float, ...]) -> float:
    """Of an emergency, calibrated."""
    each = (weights.model, weights.spoke, weights.points, weights.damped, weights.attention)
    return logistic(
        weights.bias + sum(weight * voice for weight, voice in zip(each, heard, strict=True))
    )


def logistic(score: float) -> float:
    """From a score to a probability."""
    return 1 / (1 + exp(-max(SURELY_NOT, min(-SURELY_NOT, score))))


def shares(scores: Mapping[str, float], temperature: float) -> dict[str, float]:
    """From scores to probabilities that add up to one."""
    most = max(scores.values())
    raised = {answer: exp((score - most) / temperature) for answer, score in scores.items()}
    total = sum(raised.values())
    return {answer: value / total for answer, value in raised.items()}


def best(found: Mapping[str, float], said: str, trust: float) -> str:
    """The likeliest answer, with what the rules said made likelier by so much trust."""
    weighed = {
        answer: log(max(share, 1e-9)) + (trust if answer == said else 0.0)
        for answer, share in found.items()
    }
    return max(weighed, key=lambda answer: weighed[answer])


@dataclass(frozen=True, slots=True)
class Fusion:
    """How rules and model are weighed, as measured between authors."""

    weights: Weights
    threshold: float
    """From this probability the model raises an emergency by itself."""

    doubt: float
    """From this probability a person must look."""

    trust: Mapping[str, float]
    """For kind and topic: how much the rules' certainty counts beside the model."""

    temperature: float

    @classmethod
    def of(cls, head: Mapping[str, Any]) -> "Fusion":
        """As the model's file holds it."""
        return cls(
            Weights(**head["weights"]),
            head["threshold"],
            head["doubt"],
            head["trust"],
            head["temperature"],
        )

    def urgency(self, scores: Mapping[str, float], raised: Urgency, chance: float) -> Urgency:
        """The model's urgency, never below what the rules raised."""
        if raised == "spoed" or chance >= self.threshold:
            return "spoed"
        calm = {answer: score for answer, score in scores.items() if answer != "spoed"}
        likeliest = max(calm, key=lambda answer: calm[answer])
        known = next(urgency for urgency in URGENCIES if urgency == likeliest)
        least: Urgency = "nu" if chance >= self.doubt else "geen"
        return more_urgent(more_urgent(known, raised), least)

    def answer(self, task: str, scores: Mapping[str, float], said: str, certainty: float) -> str:
        """Kind or topic: the model's, or the rules' where they are surer."""
        return best(shares(scores, self.temperature), said, self.trust[task] * certainty)
