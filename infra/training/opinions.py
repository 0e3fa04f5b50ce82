"""Each message with what rules and model say of it, and the decisions that follow.

``fusion``, ``rules`` and ``linear`` are the rows of the ablation; the arithmetic of the fusion is
the service's own (``chalicelib.detection.fusing``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.detection.fusing import Fusion, probability
from chalicelib.domain.assessment import URGENCIES, Urgency
from infra.training.corpus import Labelled
from infra.training.extracting import Extract

SURE = 0.9


@dataclass(frozen=True, slots=True)
class Opinion:
    """A message, what is seen of it, and the model's scores by task and answer."""

    message: Labelled
    extract: Extract
    scores: Mapping[str, Mapping[str, float]]

    @property
    def heard(self) -> tuple[float, ...]:
        """The voices, as the service hears them."""
        return (self.scores["emergency"]["ja"], *self.extract.heard[1:])


@dataclass(frozen=True, slots=True)
class Decision:
    """What one of the detectors would have said. ``doubted``: a person is asked to look."""

    message: Labelled
    chance: float
    urgency: str
    kind: str
    topic: str
    lang: str
    doubted: bool = False

    @property
    def emergency(self) -> bool:
        return self.urgency == "spoed"


def opinions(
    messages: Sequence[Labelled], extracts: Sequence[Extract], fitted: Any, matrix: Any
) -> list[Opinion]:
    """The model's scores put beside what the rules say."""
    each = []
    for message, extract, row in zip(messages, extracts, fitted.scores(matrix), strict=True):
        scores: dict[str, dict[str, float]] = {}
        for (task, answer), score in zip(fitted.columns, row, strict=True):
            scores.setdefault(task, {})[answer] = float(score)
        each.append(Opinion(message, extract, scores))
    return each


def by_fusion(opinion: Opinion, fusion: Fusion) -> Decision:
    """As the service decides."""
    extract = opinion.extract
    chance = probability(fusion.weights, opinion.heard)
    raised = urgency_of(extract.raised)
    urgency = fusion.urgency(opinion.scores["urgency"], raised, chance)
    kind, certainty = extract.kind, extract.kind_score
    if urgency == "spoed" != extract.urgency:
        kind, certainty = "melding", SURE
    return Decision(
        opinion.message,
        chance,
        urgency,
        fusion.answer("kind", opinion.scores["kind"], kind, certainty),
        fusion.answer("topic", opinion.scores["topic"], extract.topic, extract.topic_score),
        extract.lang,
        doubted=(urgency == "spoed") != (chance >= fusion.doubt),
    )


def by_rules(opinion: Opinion, _: Fusion) -> Decision:
    """The rules alone; they give no probability, only yes or no."""
    extract = opinion.extract
    return Decision(
        opinion.message,
        float(extract.urgency == "spoed"),
        extract.urgency,
        extract.kind,
        extract.topic,
        extract.lang,
    )


def by_linear(opinion: Opinion, fusion: Fusion) -> Decision:
    """The model alone, with a fusion that was fitted deaf to the rules."""
    scores = opinion.scores
    chance = probability(fusion.weights, opinion.heard)
    return Decision(
        opinion.message,
        chance,
        fusion.urgency(scores["urgency"], "geen", chance),
        max(scores["kind"], key=lambda kind: scores["kind"][kind]),
        max(scores["topic"], key=lambda topic: scores["topic"][topic]),
        opinion.extract.lang,
        doubted=fusion.doubt <= chance < fusion.threshold,
    )


def urgency_of(name: str) -> Urgency:
    """The urgency of this name."""
    return next(urgency for urgency in URGENCIES if urgency == name)
