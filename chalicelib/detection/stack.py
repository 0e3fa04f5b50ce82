"""The whole of detection: the readable rules, and beside them the model, which may only raise.

A setting leaves the rules alone (``classifier(model=False)``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from chalicelib.detection import classifying
from chalicelib.detection.classifying import Judged, by_rules, judge
from chalicelib.detection.explain import finding
from chalicelib.detection.features import Features, features_of
from chalicelib.detection.fusing import Fusion, probability, shares, voices
from chalicelib.detection.linear import EMERGENCY, Model, model
from chalicelib.detection.places import mentioned
from chalicelib.detection.resembling import resemblance
from chalicelib.domain.assessment import (
    URGENCIES,
    Assessment,
    Context,
    Finding,
    MatterKind,
    Topic,
    Urgency,
)
from chalicelib.domain.message import Message

VERSION = f"{classifying.VERSION}+linear-1"
KINDS: tuple[MatterKind, ...] = get_args(MatterKind)
TOPICS: tuple[Topic, ...] = get_args(Topic)
EMERGENCY_IS_REPORT = 0.9
"""How sure we are that an emergency is a report, as the rules are."""

Classify = Callable[[Message, Context], Assessment]


def classifier(*, model: bool = True) -> Classify:
    """Detection with the model, or with the readable rules only."""
    return classify if model else by_rules


def classify(message: Message, context: Context) -> Assessment:
    """What rules and model say about this message, knowing what was said before it."""
    judged = judge(message, context)
    if not judged.reading.text.tokens:
        return by_rules(message, context)
    return weighed(judged, model()).assessment()


def weighed(judged: Judged, linear: Model) -> "Weighed":
    """The model's opinion beside the rules'."""
    features = features_of(judged.reading)
    scores = linear.scores(features)
    fusion = Fusion.of(linear.head)
    heard = voices(judged, scores["emergency"]["ja"])
    chance = probability(fusion.weights, heard)
    urgency = fusion.urgency(scores["urgency"], judged.seen.urgency, chance)
    return Weighed(judged, linear, fusion, features, scores, chance, urgency)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A message with both opinions, and what follows."""

    judged: Judged
    linear: Model
    fusion: Fusion
    features: Features
    scores: dict[str, dict[str, float]]
    chance: float
    urgency: Urgency

    def assessment(self) -> Assessment:
        """What is said of the message."""
        reading = self.judged.reading
        kind, topic, spoken = self.kind(), self.topic(), reading.spoken
        return Assessment(
            emergency=self.urgency == "spoed",
            urgency=self.urgency,
            kind=next(known for known in KINDS if known == kind.value),
            topic=next(known for known in TOPICS if known == topic.value),
            lang=spoken.code,
            findings=(
                *self.findings(),
                kind,
                topic,
                finding("lang", spoken.code, spoken.score, spoken.because),
            ),
            version=VERSION,
            places=mentioned(reading.text.shown),
        )

    def findings(self) -> list[Finding]:
        """Of rules and model; whichever made the message urgent comes first."""
        rules, ours = self.judged.seen.findings(), self.opinion()
        raised = URGENCIES.index(self.urgency) < URGENCIES.index(self.judged.seen.urgency)
        return [*ours, *rules] if raised else [*rules, *ours]

    def opinion(self) -> list[Finding]:
        """The model's: what the message resembles, and whether a person must look."""
        urgent = self.chance >= self.fusion.threshold
        like = self.resembles(EMERGENCY, "spoedberichten", against=not urgent)
        said = finding("model", "spoed", self.chance, like)
        if not urgent:
            said = finding("model", "geen_spoed", 1 - self.chance, like)
        doubted = self.chance < self.fusion.doubt and self.judged.seen.urgency == "spoed"
        if doubted:
            because = "Onzeker: de regels zien spoed en het model niet; laat een mens kijken."
            return [said, finding("unsure", "mens", 1 - self.chance, because)]
        if not urgent and self.chance >= self.fusion.doubt:
            because = "Onzeker: laat een mens kijken. " + self.resembles(
                EMERGENCY, "spoedberichten"
            )
            return [finding("unsure", "mens", self.chance, because)]
        if self.urgency == "nu" != self.judged.seen.urgency:
            like = self.resembles(("urgency", "nu"), "berichten die vandaag aandacht vroegen")
            share = shares(self.scores["urgency"], self.fusion.temperature)["nu"]
            return [finding("model", "nu", share, like)]
        return [said]

    def kind(self) -> Finding:
        """The kind; an emergency is a report unless the message says otherwise."""
        matter = self.judged.matter
        said, score, because = matter.kind, matter.score, matter.because
        if self.urgency == "spoed" != self.judged.seen.urgency:
            said, score, because = "melding", EMERGENCY_IS_REPORT, "Er is spoed."
        return self.chosen("kind", said, score, because)

    def topic(self) -> Finding:
        """The topic."""
        subject = self.judged.subject
        return self.chosen("topic", subject.topic, subject.score, subject.because)

    def chosen(self, task: str, said: str, score: float, because: str) -> Finding:
        """The rules' answer with their because, or the model's with the words it resembles."""
        answer = self.fusion.answer(task, self.scores[task], said, score)
        if answer == said:
            return finding(task, said, score, because)
        share = shares(self.scores[task], self.fusion.temperature)[answer]
        like = self.resembles((task, answer), f"berichten van {NAMED[task]} {answer}")
        return finding(task, answer, share, like)

    def resembles(self, column: tuple[str, str], named: str, *, against: bool = False) -> str:
        """In words what the model went by."""
        brought = self.linear.brought(self.features, column)
        return resemblance(self.judged.reading.text, brought, named, against=against)


NAMED = {"kind": "soort", "topic": "onderwerp"}
