"""A citizen who asked for appeals: about which gemeente and which topics. Nothing of who they are.

    wish ──proven on the channel itself──▶ volunteer ──one word, or on their page──▶ gone

Where an appeal goes follows from what they chose and from nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.assessment import Topic
from chalicelib.domain.moments import Moment, later

TOPICS: tuple[Topic, ...] = (
    "vermissing", "inbraak", "overval", "diefstal", "fysiek_geweld", "verkeersongeval",
    "brand", "vernieling",
)  # fmt: skip
"""What an appeal can be about, and be asked for."""

WISH_LIFE = timedelta(hours=1)
PAGE_LIFE = timedelta(days=14)
"""How long a link to their own page opens it."""


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many appeals to one volunteer within any stretch of this length."""

    most: int
    within: timedelta


CAPS: tuple[Cap, ...] = (Cap(1, timedelta(days=1)), Cap(4, timedelta(days=30)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Asked for and not proven yet. ``topics`` empty: about all; ``wording`` is what was shown.

    ``voice`` is the language that it was shown in.
    """

    gemeente: str
    topics: tuple[Topic, ...]
    wording: str
    voice: str
    at: Moment
    until: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    """``subject`` is the conversation on ``channel`` that their appeals go to.

    The proof: they read ``wording`` at ``asked_at`` and confirmed it from that very address at
    ``agreed_at``. ``voice`` is the language that they chose in. ``asked`` are the moments of their
    last appeals, oldest first.
    """

    subject: str
    channel: str
    account: str
    gemeente: str
    topics: tuple[Topic, ...]
    wording: str
    voice: str
    asked_at: Moment
    agreed_at: Moment
    asked: tuple[Moment, ...] = ()

    def takes(self, topic: Topic) -> bool:
        """Whether they asked for appeals about this."""
        return not self.topics or topic in self.topics


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """What a link opens: what this conversation's citizen chose at ``agreed_at``, until then."""

    subject: str
    agreed_at: Moment
    until: Moment


def may_be_asked(asked: Sequence[Moment], now: Moment) -> bool:
    """Whether one more appeal stays within every cap."""
    return all(len(recent(asked, cap.within, now)) < cap.most for cap in CAPS)


def asked_once_more(asked: Sequence[Moment], now: Moment) -> tuple[Moment, ...]:
    """With this one; what no cap looks at any more is forgotten."""
    longest = max(cap.within for cap in CAPS)
    return (*recent(asked, longest, now), now)


def recent(asked: Sequence[Moment], within: timedelta, now: Moment) -> tuple[Moment, ...]:
    return tuple(at for at in asked if later(at, within) > now)
