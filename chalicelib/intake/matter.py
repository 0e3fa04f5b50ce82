"""What a conversation is about: the words of all flows, and what detection made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.assessment import Assessment
from chalicelib.intake.flow import Flow, Topic, flows
from chalicelib.intake.likelihood import chance

OF_DETECTION = 0.9
"""How heavy detection's own topic weighs beside a phrase."""

OF_DANGER = 1.5
"""The same when detection is sure of an emergency."""

SURE = 0.8


@dataclass(frozen=True, slots=True)
class Matter:
    """A topic with its flow, and how much speaks for it."""

    flow: Flow
    topic: Topic
    score: float


def matters(texts: Sequence[str], assessments: Sequence[Assessment]) -> list[Matter]:
    """Everything that was spoken of, the likeliest first."""
    found = [
        Matter(flow, topic, score)
        for flow in flows()
        for topic in flow.topics.values()
        if (score := score_of(flow, topic, texts, assessments)) > 0
    ]
    return sorted(found, key=lambda matter: -matter.score)


def score_of(
    flow: Flow, topic: Topic, texts: Sequence[str], assessments: Sequence[Assessment]
) -> float:
    """Words count a topic's weight for each message that has them; detection counts once."""
    said = sum(spoken(flow, topic, text) for text in texts)
    heard = max((heard_by(topic, assessment) for assessment in assessments), default=0.0)
    danger = OF_DANGER if said and any(flow.is_danger(text) for text in texts) else 0.0
    return said + heard + danger


def spoken(flow: Flow, topic: Topic, text: str) -> float:
    """How many different phrases of the topic are in a message."""
    places = {hit.at for hit in flow.book.hits(text) if hit.idea == topic.name}
    return topic.weight * min(2, len(places)) if places else 0.0


def heard_by(topic: Topic, assessment: Assessment) -> float:
    """What detection's topic adds."""
    if assessment.topic not in topic.detected:
        return 0.0
    sure = assessment.emergency and chance(assessment) >= SURE
    return OF_DANGER if sure else OF_DETECTION


def only_asks(assessments: Sequence[Assessment]) -> bool:
    """Whether somebody asks something and reports nothing."""
    return {one.kind for one in assessments} - {"overig"} == {"vraag"}


def kind_of(matter: Matter | None, assessments: Sequence[Assessment], *, danger: bool) -> str:
    """The kind of the case."""
    if danger:
        return "nood"
    if matter:
        return "vraag" if only_asks(assessments) else matter.topic.kind
    kinds: Mapping[str, None] = dict.fromkeys(one.kind for one in assessments)
    return next((kind for kind in kinds if kind != "overig"), "overig")
