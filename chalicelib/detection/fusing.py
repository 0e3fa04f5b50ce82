"""All opinions on a message weighed together, in numbers: PURE, shared by training and service.

The voices (the encoder, the linear model, what the rules heard) give one calibrated probability of
an emergency. A rule may only raise: its voices never count against. Urgency, kind and topic are
weighed as chances multiplied, each source to the power that it earned between authors.
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
FEW_WORDS = 6
"""Of so few words the models have read little; what a rule raises there stands. By six authors whom
they had not read it was right in 30 of 35 that they would have let go, nearly all by one author."""

LEAST_CHANCE = 1e-6

Scores = Mapping[str, Mapping[str, float]]
"""By task the score of every answer, before calibration."""

ANY = "any"
"""The threshold of languages that have none of their own."""


def voices(judged: Judged, linear: float, encoder: Scores | None = None) -> dict[str, float]:
    """What each voice says of an emergency, from the message by itself; the encoder reads along."""
    urgent = [outcome for outcome in judged.alone.found if outcome.rule.urgency == "spoed"]
    points = max((outcome.points for outcome in urgent), default=0)
    said = {
        "linear": linear,
        "spoke": float(judged.alone.urgency == "spoed"),
        "points": max(0, min(FULL_POINTS, points)) / FULL_POINTS,
        "attention": float(judged.alone.urgency == "nu"),
        "follows": float(judged.seen.urgency == "spoed" != judged.alone.urgency),
    }
    if encoder is not None:
        emergency, urgency = encoder["emergency"], encoder["urgency"]
        calm = max(score for answer, score in urgency.items() if answer != "spoed")
        said["encoder"] = emergency["ja"] - emergency["nee"]
        said["urgent"] = urgency["spoed"] - calm
    return said


def plainly_said(text: str, said: Mapping[str, float]) -> bool:
    """Whether a rule raises a message of a few words by itself. ``said``: see ``voices``."""
    return bool(said.get("spoke")) and len(text.split()) <= FEW_WORDS


def logistic(score: float) -> float:
    """From a score to a probability."""
    return 1 / (1 + exp(-max(SURELY_NOT, min(-SURELY_NOT, score))))


def shares(scores: Mapping[str, float]) -> dict[str, float]:
    """From scores to probabilities that add up to one."""
    most = max(scores.values())
    raised = {answer: exp(score - most) for answer, score in scores.items()}
    total = sum(raised.values())
    return {answer: value / total for answer, value in raised.items()}


@dataclass(frozen=True, slots=True)
class Fusion:
    """How the opinions are weighed, as measured between authors.

    ``weights`` by voice and ``bias``. From ``thresholds`` (by language, else ``ANY``) on it is an
    emergency; from ``heeded`` on, and in
    a few words always, also when a rule says so; from ``doubt`` on a person must look.
    ``powers`` by task: how much each source counts, ``rules`` by how sure they are.
    """

    weights: Mapping[str, float]
    thresholds: Mapping[str, float]
    heeded: float
    doubt: float
    powers: Mapping[str, Mapping[str, float]]

    @classmethod
    def of(cls, head: Mapping[str, Any]) -> "Fusion":
        """As the model's file holds it."""
        return cls(**head)

    def chance(self, said: Mapping[str, float]) -> float:
        """The probability of an emergency, calibrated."""
        score = self.weights["bias"]
        score += sum(self.weights.get(voice, 0.0) * value for voice, value in said.items())
        return logistic(score)

    def threshold(self, lang: str) -> float:
        """From where on it is an emergency in this language."""
        return self.thresholds.get(lang, self.thresholds[ANY])

    def raises(self, chance: float, lang: str, *, by_rules: bool, is_plain: bool) -> bool:
        """Whether it is an emergency, for the models by themselves or as a rule says.

        ``is_plain``: see ``plainly_said``.
        """
        heeded = is_plain or (by_rules and chance >= self.heeded)
        return heeded or chance >= self.threshold(lang)

    def weighed(
        self, task: str, sources: Mapping[str, Scores], said: str, certainty: float
    ) -> dict[str, float]:
        """The chance of each answer, from the models and what the rules say so surely."""
        powers = self.powers[task]
        totals: dict[str, float] = {said: powers["rules"] * certainty}
        for source, scores in sources.items():
            for answer, share in shares(scores[task]).items():
                more = powers[source] * log(max(share, LEAST_CHANCE))
                totals[answer] = totals.get(answer, 0.0) + more
        return shares(totals)

    def urgency(self, chances: Mapping[str, float], raised: Urgency, *, spoed: bool) -> Urgency:
        """The likeliest urgency; below an emergency never under what the rules raised."""
        if spoed:
            return "spoed"
        calm = [urgency for urgency in URGENCIES if urgency != "spoed"]
        likeliest = max(calm, key=lambda urgency: chances[urgency])
        return likeliest if raised == "spoed" else more_urgent(likeliest, raised)
