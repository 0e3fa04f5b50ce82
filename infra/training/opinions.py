"""Each message with what every source says of it, and the decisions that follow.

The arithmetic of the decisions is the service's own (``chalicelib.detection.fusing``). A detector
is a choice of sources, with or without the rules' say: the rows of the ablation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.detection.fusing import Fusion, Scores, plainly_said
from chalicelib.domain.assessment import URGENCIES, Urgency
from infra.training.corpus import Labelled
from infra.training.extracting import Extract

SURE = 0.9


@dataclass(frozen=True, slots=True)
class Opinion:
    """A message, what the rules see of it, and by source the scores of every task."""

    message: Labelled
    extract: Extract
    sources: Mapping[str, Scores]


@dataclass(frozen=True, slots=True)
class Detector:
    """Which sources speak (``linear``, ``encoder``, ``e5``, ``use``), and whether the rules do."""

    name: str
    sources: tuple[str, ...]
    rules: bool

    def scores(self, opinion: Opinion) -> dict[str, Scores]:
        """By source, those that speak here."""
        return {source: opinion.sources[source] for source in self.sources}

    def heard(self, opinion: Opinion) -> dict[str, float]:
        """The voices, as ``fusing.voices`` hears them."""
        said = dict(opinion.extract.heard) if self.rules else {}
        for source in self.sources:
            emergency = opinion.sources[source]["emergency"]
            said[source] = emergency["ja"] - emergency.get("nee", 0.0)
            if source == "encoder":
                urgency = opinion.sources[source]["urgency"]
                calm = max(score for answer, score in urgency.items() if answer != "spoed")
                said["urgent"] = urgency["spoed"] - calm
        return said


RULES = Detector("rules", (), rules=True)
TIER_ONE = Detector("tier one", ("linear",), rules=True)
FULL = Detector("full", ("linear", "encoder"), rules=True)
DETECTORS = (
    RULES,
    Detector("linear", ("linear",), rules=False),
    TIER_ONE,
    Detector("USE, frozen", ("use",), rules=False),
    Detector("e5, frozen", ("e5",), rules=False),
    Detector("encoder", ("encoder",), rules=False),
    FULL,
)


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


def decided(opinion: Opinion, detector: Detector, fusion: Fusion) -> Decision:
    """As the service decides (``chalicelib.detection.stack``)."""
    if not detector.sources:
        return by_rules(opinion)
    extract = opinion.extract
    heard = detector.heard(opinion)
    chance = fusion.chance(heard)
    by_rule = detector.rules and extract.raised == "spoed"
    is_plain = plainly_said(opinion.message.text, heard)
    spoed = fusion.raises(chance, extract.lang, by_rules=by_rule, is_plain=is_plain)
    doubted = by_rule or chance >= fusion.doubt
    if spoed:
        doubted = by_rule and chance < fusion.doubt
    sources = detector.scores(opinion)
    said = extract.urgency if detector.rules else "geen"
    raised = urgency_of(extract.raised) if detector.rules else "geen"
    urgency = fusion.urgency(fusion.weighed("urgency", sources, said, 1.0), raised, spoed=spoed)
    kind, certainty = extract.kind, extract.kind_score
    if spoed and extract.raised != "spoed":
        kind, certainty = "melding", SURE
    topic = fusion.weighed("topic", sources, extract.topic, extract.topic_score)
    return Decision(
        opinion.message,
        chance,
        urgency,
        most(fusion.weighed("kind", sources, kind, certainty)),
        most(topic),
        extract.lang,
        doubted=doubted,
    )


def by_rules(opinion: Opinion) -> Decision:
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


def linear_scores(columns: Sequence[tuple[str, str]], row: Any) -> Scores:
    """A row of the linear model's scores, by task and answer."""
    scores: dict[str, dict[str, float]] = {}
    for (task, answer), score in zip(columns, row, strict=True):
        scores.setdefault(task, {})[answer] = float(score)
    return scores


def most(chances: Mapping[str, float]) -> str:
    """The likeliest."""
    return max(chances, key=lambda answer: chances[answer])


def urgency_of(name: str) -> Urgency:
    """The urgency of this name."""
    return next(urgency for urgency in URGENCIES if urgency == name)
