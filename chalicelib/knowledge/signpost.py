"""The signpost: the door that a question belongs to, how sure that is, and the next likeliest.

Signs (ideas that stand in the question together) and the articles that fit each bring points. What
detection calls an emergency is for 112, unless the writer says that it is not now and another door
clearly owns it; the warning is then still given (``asking``).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.assessment import Assessment
from chalicelib.knowledge.articles import articles
from chalicelib.knowledge.doors import DoorCode
from chalicelib.knowledge.signs import because, points_of

BY_ARTICLE = 0.5
"""What a point of the likest article brings to its door."""

UNSURE = 0.5
"""Below this two doors are named instead of one."""

GUESS = 0.3
"""Below this none is: a wrong door is worse than a question back."""

NOTHING_KNOWN = 2.0
"""The points that "none of these" has."""

LEAST, LEAST_SURE = 0.8, 0.2
"""With fewer points nothing is known; how sure we then are of "something else"."""

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


def signpost(
    ideas: Mapping[str, str],
    alike: Mapping[str, float],
    assessment: Assessment,
    learned: Mapping[DoorCode, float],
) -> Signpost:
    """The door of a question with these ideas, to which the articles are so much alike.

    ``learned``: the points of each door by what the question means; none without the encoder.
    """
    points = points_of({**ideas, **seen_in(assessment)})
    for door, best in nearest(alike).items():
        points[door] = points.get(door, 0.0) + BY_ARTICLE * best
    for door, gain in learned.items():
        points[door] = points.get(door, 0.0) + gain
    ranked = sorted(points, key=lambda code: (-points[code], code))
    if points[ranked[0]] < LEAST:
        return Signpost(NOWHERE, LEAST_SURE, None, "")
    confidence = share(points, ranked[0])
    other = ranked[1] if points[ranked[1]] >= LEAST else None
    return Signpost(ranked[0], confidence, other, because(ideas, ranked[0]))


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


def share(points: Mapping[DoorCode, float], door: DoorCode) -> float:
    """How much of all likelihood is this door's."""
    each = [math.expm1(value / 2) for value in points.values() if value > 0]
    return round(math.expm1(points[door] / 2) / (sum(each) + math.expm1(NOTHING_KNOWN / 2)), 3)
