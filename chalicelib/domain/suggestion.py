"""What is remembered of suggestions: answers that were given, and what agents did with a text."""

from dataclasses import dataclass

from chalicelib.domain.moments import Moment

MOST_QUESTIONS = 5
"""So many questions that one answer answered are remembered, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer of a team, masked, with questions that it answered, masked as well.

    ``meanings`` are their packed vectors, empty where no encoder read them. ``replies`` are the
    ids of the deliveries that it was learned from, so that none is learned from twice.
    """

    id: str
    team: str
    text: str
    asked: tuple[str, ...]
    meanings: tuple[str, ...]
    replies: tuple[str, ...]
    at: Moment
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """An agent put a suggestion into their answer; what becomes of it is seen when that is sent."""

    agent: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What agents did with one text, or with all of a day.

    ``answers`` are all that agents sent, with a suggestion or without. Of the ``taken`` ones some
    were ``edited`` before they were sent.
    """

    taken: int = 0
    edited: int = 0
    rejected: int = 0
    answers: int = 0

    @property
    def acceptance(self) -> int | None:
        """Percent that was taken of what somebody took or rejected; None when nobody did."""
        judged = self.taken + self.rejected
        return round(100 * self.taken / judged) if judged else None
