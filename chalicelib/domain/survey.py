"""How citizens found it: one question and one open field after closing, by team and topic.

Never by colleague: who answered is in no record here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.moments import Moment
from chalicelib.domain.recall import wilson

LOWEST, HIGHEST = 1, 5
SATISFIED = 4
"""From this score on somebody counts as satisfied."""

DISSATISFIED = 2
"""Up to this score the matter comes back to the team."""

FEWEST = 5
"""With fewer answers no share is shown: it would tell of persons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Somebody was asked: their case was closed, what it was about."""

    number: str
    team: str
    topic: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """What they said."""

    number: str
    score: int
    text: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """Of one team and topic: how many were asked and answered, and the share that is satisfied.

    ``least`` and ``most`` bound that share with at least 95 % certainty, for those who answered.
    """

    team: str
    topic: str
    invited: int
    answered: int
    satisfied: int

    @property
    def response(self) -> float:
        return self.answered / self.invited if self.invited else 0.0

    @property
    def enough(self) -> bool:
        return self.answered >= FEWEST

    @property
    def share(self) -> float:
        return self.satisfied / self.answered if self.answered else 0.0

    @property
    def range(self) -> tuple[float, float]:
        return wilson(self.satisfied, self.answered)


def summed(invited: Iterable[Invited], rated: Iterable[Rated]) -> list[Satisfaction]:
    """By team and topic, and each team as a whole (topic ``""``) first."""
    scores = {one.number: one.score for one in rated}
    groups: dict[tuple[str, str], list[str]] = {}
    for one in invited:
        for topic in ("", one.topic):
            groups.setdefault((one.team, topic), []).append(one.number)
    return [
        Satisfaction(
            team=team,
            topic=topic,
            invited=len(numbers),
            answered=sum(number in scores for number in numbers),
            satisfied=sum(scores.get(number, 0) >= SATISFIED for number in numbers),
        )
        for (team, topic), numbers in sorted(groups.items())
    ]
