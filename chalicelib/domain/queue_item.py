"""What waits for a person: how urgent it is and where that puts it. How it changes: queue_rules."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.assessment import URGENCIES, Topic, Urgency
from chalicelib.domain.calendar import Calendar, within_hours
from chalicelib.domain.moments import Moment, later

ANSWER_WITHIN: dict[Urgency, timedelta] = {
    "spoed": timedelta(minutes=5),
    "nu": timedelta(minutes=30),
    "later": timedelta(hours=4),
    "geen": timedelta(hours=24),
}
"""Service deadlines by urgency; our own choice, there is no official webcare norm."""

IN_OPENING_HOURS: frozenset[Urgency] = frozenset({"later", "geen"})
"""What can wait is counted in opening hours; the rest in every minute of the day."""

EXCERPT = 240
"""How much of a message a list row shows, in characters."""

ANSWERED_RANK = "8"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a list row tells besides: what it is about, for which unit, until when to answer.

    ``window_until`` is when the channel lets nobody answer by hand any more. ``routed`` is why it
    came to this team (empty: no rule said anything), ``moved`` that a person put it there, and
    ``desk`` to whom it is proposed to be passed on, by name. ``put_off`` is the crisis for which
    its answer was put off. Of an incident ``place`` says in words where it is, and ``reporters``
    how many different people report it, in how many ``messages``.
    """

    topic: str = ""
    gemeente: str = ""
    unit: str = ""
    window_until: Moment | None = None
    routed: str = ""
    rule: str = ""
    moved: bool = False
    desk: str = ""
    desk_id: str = ""
    put_off: str = ""
    place: str = ""
    reporters: int = 0
    messages: int = 0


NOTHING = About()


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """A conversation that waits for a person.

    ``waiting_since`` and ``due_at`` (service deadline) count from the oldest unanswered message.
    ``acknowledge_by`` runs only while life is at risk and nobody acted; ``at_risk_since`` is when
    that began and ``seen_at`` when somebody first opened it. ``claimed_at`` is since when the one
    who has it has it, ``opened_at`` when this began to wait for a person, and ``topic`` what the
    message is about that set its urgency. ``version`` grows with every change, and every change is
    conditional on it.
    """

    subject: str
    team: str
    channel: str
    account: str
    author_name: str | None = None
    text: str
    urgency: Urgency
    emergency: bool
    because: str
    lang: str
    waiting_since: Moment
    due_at: Moment
    priority: str
    version: int = 1
    answered: bool = False
    claimed_by: str | None = None
    claimed_name: str | None = None
    claim_until: Moment | None = None
    acknowledge_by: Moment | None = None
    paged_at: Moment | None = None
    pages: int = 0
    snoozed_until: Moment | None = None
    topic: Topic | None = None
    opened_at: Moment | None = None
    at_risk_since: Moment | None = None
    seen_at: Moment | None = None
    about: About = NOTHING
    claimed_at: Moment | None = None

    @property
    def list_name(self) -> str:
        """The list it stands on: life at risk is read by every team."""
        if self.snoozed_until is not None:
            return f"{self.team}#snoozed"
        return "life" if self.emergency else self.team

    @property
    def order(self) -> str:
        """Its place on that list: most urgent first, then the earliest deadline."""
        return order_of(self.priority, self)

    @property
    def rank(self) -> str:
        """How urgent it is, answered or not."""
        return rank(self.urgency, emergency=self.emergency)

    @property
    def wakes_at(self) -> Moment | None:
        """When the sweeper must look at it: claim end, acknowledgement or end of snooze."""
        moments = (self.claim_until, self.acknowledge_by, self.snoozed_until)
        return min((m for m in moments if m is not None), default=None)

    def held_by(self, agent_id: str, now: Moment) -> bool:
        """Whether this agent's claim is running."""
        return self.claimed_by == agent_id and (self.claim_until or "") > now

    def held_by_other(self, agent_id: str, now: Moment) -> bool:
        """Whether somebody else's claim is running."""
        return self.claimed_by not in (None, agent_id) and (self.claim_until or "") > now


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """A queue item as a list shows it (what the index holds)."""

    subject: str
    team: str
    channel: str
    account: str
    text: str
    urgency: Urgency
    emergency: bool
    because: str
    lang: str
    waiting_since: Moment
    due_at: Moment
    answered: bool = False
    author_name: str | None = None
    claimed_by: str | None = None
    claimed_name: str | None = None
    claim_until: Moment | None = None
    acknowledge_by: Moment | None = None
    paged_at: Moment | None = None
    snoozed_until: Moment | None = None
    about: About = NOTHING

    @property
    def order(self) -> str:
        """Its place on the list, as the item itself has it."""
        return order_of(rank_of(self), self)

    @property
    def topic(self) -> str:
        return self.about.topic

    @property
    def unit(self) -> str:
        return self.about.unit

    @property
    def window_until(self) -> Moment | None:
        return self.about.window_until


def answer_by(calendar: Calendar, since: Moment, urgency: Urgency) -> Moment:
    """The service deadline of something that came in at ``since``."""
    within = ANSWER_WITHIN[urgency]
    if urgency in IN_OPENING_HOURS:
        return within_hours(calendar, since, within)
    return later(since, within)


def order_of(priority: str, item: QueueItem | QueueRow) -> str:
    """What was answered stands below everything that was not."""
    place = ANSWERED_RANK if item.answered and not item.emergency else priority
    return f"{place}#{item.due_at}#{item.subject}"


def rank_of(row: QueueRow) -> str:
    """How urgent a row is, answered or not."""
    return rank(row.urgency, emergency=row.emergency)


def rank(urgency: Urgency, *, emergency: bool) -> str:
    """One digit, smaller is more urgent; 0 is life at risk."""
    return "0" if emergency else str(URGENCIES.index(urgency) + 1)


def excerpt(text: str) -> str:
    """The beginning of a message on one line, as a list row shows it."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"
