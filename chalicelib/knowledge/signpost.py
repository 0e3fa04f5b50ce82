"""The signpost: the door that a question belongs to, how sure that is, and the next likeliest.

Five voices are weighed (``learned``): what was learned of the question's meaning and of its words,
signs (ideas that stand in it together) for and against, and the articles that it is like. What
detection calls an emergency is a sign for 112; where another door clearly owns it all the same, the
warning is still given (``asking``).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.assessment import Assessment
from chalicelib.knowledge.articles import articles
from chalicelib.knowledge.doors import DOOR_CODES, DoorCode
from chalicelib.knowledge.learned import Learned
from chalicelib.knowledge.signs import because, points_of

UNSURE = 0.5
"""Below this two doors are named instead of one."""

GUESS = 0.3
"""Below this none is: a wrong door is worse than a question back."""

LEAST = 0.2
"""Below this nothing is known: it is something else, and no surer than this."""

LEAST_OTHER = 0.1
"""A next likeliest that is less likely is not named."""

NOWHERE: DoorCode = "overig"


@dataclass(frozen=True, slots=True)
class Signpost:
    """Where a question belongs. ``other``: the next likeliest. ``because``: its telling words."""

    door: DoorCode
    confidence: float
    other: DoorCode | None
    because: str

    @property
    def is_sure(self) -> bool:
        """Whether one door may be shown."""
        return self.confidence >= UNSURE

    @property
    def is_guess(self) -> bool:
        """Whether no door may be named at all."""
        return self.confidence < GUESS


@dataclass(frozen=True, slots=True)
class Voices:
    """What signs and articles say of each door."""

    signs: Mapping[DoorCode, float]
    near: Mapping[DoorCode, float]


def signpost(
    ideas: Mapping[str, str],
    alike: Mapping[str, float],
    assessment: Assessment,
    learned: Learned,
) -> Signpost:
    """The door of a question with these ideas, to which the articles are so much alike."""
    voices = voices_of(ideas, alike, assessment)
    chances = weighed(voices, learned)
    if max(chances.values()) < LEAST:
        return Signpost(NOWHERE, LEAST, None, "")
    first, second = sorted(chances, key=lambda code: (-chances[code], code))[:2]
    other = second if chances[second] >= LEAST_OTHER else None
    return Signpost(first, round(chances[first], 3), other, because(ideas, first))


def voices_of(
    ideas: Mapping[str, str], alike: Mapping[str, float], assessment: Assessment
) -> Voices:
    """What signs and articles say."""
    return Voices(points_of({**ideas, **seen_in(assessment)}), nearest(alike))


def weighed(voices: Voices, learned: Learned) -> dict[DoorCode, float]:
    """How likely each door is."""
    weights, meaning = learned.weights, learned.meaning or {}
    scores = {
        door: weights.beside[door]
        + weights.meaning * meaning.get(door, 0.0)
        + weights.words * learned.words[door]
        + weights.signs * damped(voices.signs.get(door, 0.0))
        + weights.against * min(0.0, voices.signs.get(door, 0.0))
        + weights.near * voices.near.get(door, 0.0)
        for door in DOOR_CODES
    }
    most = max(scores.values())
    each = {door: math.exp(score - most) for door, score in scores.items()}
    return {door: one / sum(each.values()) for door, one in each.items()}


def damped(points: float) -> float:
    """Points for a door: the first tell most."""
    return math.log1p(max(0.0, points))


def nearest(alike: Mapping[str, float]) -> dict[DoorCode, float]:
    """How much the likest article of each door is like the question."""
    found: dict[DoorCode, float] = {}
    for article in articles():
        found[article.door] = max(found.get(article.door, 0.0), alike[article.id])
    return found


def seen_in(assessment: Assessment) -> dict[str, str]:
    """What detection sees, as ideas that signs may need: the topic, and an emergency."""
    topic = {f"#{assessment.topic}": ""}
    if not assessment.emergency:
        return topic
    by_rules = assessment.findings[0].name == "spoed"
    return {"#spoed_regels" if by_rules else "#spoed_model": "", **topic}
