"""Which messages of a day a person judges without knowing what detection said of them.

Each message has a number, a digest that nobody chooses. The lowest numbers of a day are a random
sample of it, always the same one, so that a draw can be done twice and be checked afterwards.
"""

from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.assessment import Assessment, Urgency
from chalicelib.domain.moments import Moment
from chalicelib.domain.recall import Tally

LotSource = Literal["sample", "uncertain"]

MOST_DOUBT = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many messages a team judges a day.

    ``low``: not raised, for what was missed. ``raised``: for how much of it was right; they also
    keep the judge from knowing that nothing was raised. ``doubted``: to learn most from.
    """

    low: int = 20
    raised: int = 5
    doubted: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A message among those of a day. ``doubt`` is 0 to 999."""

    number: str
    raised: bool
    doubt: int
    subject: str
    message_sk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """One message to be judged. ``raised`` is not for the judge's eyes.

    ``at`` is set once it is done: with an ``urgency``, or without one when nobody can tell.
    """

    team: str
    day: str
    order: str
    subject: str
    message_sk: str
    source: LotSource
    raised: bool
    at: Moment | None = None
    by: str | None = None
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What was drawn of a team's day, and what the judging gave so far."""

    team: str
    day: str
    drawn_at: Moment
    raised: int
    low: int
    judged_raised: int = 0
    confirmed: int = 0
    judged_low: int = 0
    missed: int = 0

    @property
    def tally(self) -> Tally:
        return Tally(
            raised=self.raised,
            low=self.low,
            judged_raised=self.judged_raised,
            confirmed=self.confirmed,
            judged_low=self.judged_low,
            missed=self.missed,
        )


def doubt(assessment: Assessment) -> int:
    """How near detection was to saying the opposite; most where it asks for a person itself."""
    if assessment.doubted:
        return MOST_DOUBT
    opinions = (one for one in assessment.findings if one.name == "model")
    said = [one.score for one in opinions if one.value in ("spoed", "geen_spoed")]
    return round((MOST_DOUBT - 1) * (1 - min(said))) if said else 0


def drawn(places: list[Place], sizes: Sizes) -> list[tuple[Place, LotSource]]:
    """Those with the lowest numbers, and of the others what detection doubted most."""
    by_number = sorted(places, key=lambda place: place.number)
    low = [place for place in by_number if not place.raised][: sizes.low]
    raised = [place for place in by_number if place.raised][: sizes.raised]
    taken = {(place.subject, place.message_sk) for place in (*low, *raised)}
    others = [place for place in by_number if (place.subject, place.message_sk) not in taken]
    doubted = sorted((place for place in others if place.doubt), key=lambda place: -place.doubt)
    chosen: list[tuple[Place, LotSource]] = [(place, "sample") for place in (*low, *raised)]
    return chosen + [(place, "uncertain") for place in doubted[: sizes.doubted]]


def counted(urgency: Urgency | None, *, raised: bool) -> dict[str, int]:
    """What one judgement of the sample adds to its sums; nothing when nobody can tell."""
    if urgency is None:
        return {}
    emergency = int(urgency == "spoed")
    if raised:
        return {"judged_raised": 1, "confirmed": emergency}
    return {"judged_low": 1, "missed": emergency}
