"""What a message is about, by the ideas in it and the rule that spoke."""

from dataclasses import dataclass

from chalicelib.detection.reading import Reading
from chalicelib.detection.rules import rules
from chalicelib.detection.urgency import Outcome
from chalicelib.domain.assessment import Topic

SPOKEN = 4
"""How heavy the topic of the rule that made it an emergency weighs."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The topic with its words."""

    topic: Topic
    score: float
    because: str


def topic_of(reading: Reading, spoken: Outcome | None) -> Subject:
    """The heaviest topic; ``anders`` when no word points anywhere."""
    weights: dict[Topic, int] = {}
    for topic, ideas in rules().topics.items():
        weight = sum(value for idea, value in ideas.items() if idea in reading.ideas)
        if weight:
            weights[topic] = weight
    if spoken is not None and spoken.rule.topic != "anders":
        weights[spoken.rule.topic] = weights.get(spoken.rule.topic, 0) + SPOKEN
    if not weights:
        return Subject("anders", 0.3, "Geen woorden die een onderwerp aanwijzen.")
    best = max(weights, key=lambda topic: weights[topic])
    return Subject(best, weights[best] / (sum(weights.values()) + 2), because(best, reading))


def because(topic: Topic, reading: Reading) -> str:
    """The words that point to this topic."""
    ideas = rules().topics.get(topic, {})
    words = [
        reading.text.quote(reading.ideas[idea][0].at) for idea in ideas if idea in reading.ideas
    ]
    quoted = ", ".join(f'"{word}"' for word in dict.fromkeys(words))
    return (
        f"Onderwerp {topic}: {quoted}." if quoted else f"Onderwerp {topic}, uit de regel hierboven."
    )
