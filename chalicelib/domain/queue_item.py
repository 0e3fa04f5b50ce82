"""What waits for a person, and the rules by which it changes. All pure: item in, item out.

Detection only raises; it never touches a claim. A person lowers, releases and finishes.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.domain.assessment import URGENCIES, Topic, Urgency
from chalicelib.domain.calendar import Calendar, within_hours
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.errors import AlreadyClaimed, ClaimLost, NotAllowed

LEASE = timedelta(minutes=15)
"""A claim ends by itself, so that nothing stays with somebody who went home."""

ACKNOWLEDGE_WITHIN = timedelta(minutes=2)
"""Life at risk: when nobody acts within this time, the next person is paged."""

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

SAID_BY_A_PERSON = "Een medewerker zegt dat dit zo dringend is."


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a list row tells besides: what it is about, for which unit, until when to answer.

    ``window_until`` is when the channel lets nobody answer by hand any more. ``routed`` is why it
    came to this team (empty: no rule said anything), ``moved`` that a person put it there, and
    ``desk`` to whom it is proposed to be passed on, by name. ``put_off`` is the crisis for which
    its answer was put off. Of an incident, where it is in words,
    how many different people report it, and in how many messages.
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


def arrived(before: QueueItem | None, fresh: QueueItem, now: Moment) -> QueueItem:
    """A message came in. ``fresh`` is the item that this message alone would make.

    An existing item is raised or stays as urgent as it was; only an answered one that was no
    emergency starts anew. Its claim is never touched, nor where it stands, unless no rule had
    anything to say of it so far.
    """
    if before is None:
        return with_timer(fresh, now)
    starts_anew = before.answered and not before.emergency
    urgent = fresh if starts_anew or fresh.rank < before.rank else before
    waiting = fresh if before.answered else before
    raised = replace(
        before,
        team=before.team if stays(before, now, anew=starts_anew) else fresh.team,
        text=fresh.text,
        author_name=fresh.author_name or before.author_name,
        lang=fresh.lang,
        urgency=urgent.urgency,
        emergency=urgent.emergency,
        because=urgent.because,
        priority=urgent.rank,
        topic=urgent.topic,
        about=told_more(before, fresh, urgent, now, anew=starts_anew),
        at_risk_since=None if before.answered else before.at_risk_since,
        waiting_since=waiting.waiting_since,
        due_at=fresh.due_at if before.answered else min(before.due_at, fresh.due_at),
        answered=False,
        snoozed_until=None,
        version=before.version + 1,
    )
    return with_timer(raised, now)


def stays(before: QueueItem, now: Moment, *, anew: bool) -> bool:
    """Whether a new message leaves it there: a person put or holds it, or a rule sent it."""
    held = (before.claim_until or "") > now
    return held or before.about.moved or (bool(before.about.routed) and not anew)


def told_more(
    before: QueueItem, fresh: QueueItem, urgent: QueueItem, now: Moment, *, anew: bool
) -> About:
    """What a row tells besides, after one more message.

    The ``urgent`` one of the two is not put off because the other one can wait.
    """
    about = replace(
        fresh.about,
        topic=urgent.about.topic,
        put_off=urgent.about.put_off,
        gemeente=fresh.about.gemeente or before.about.gemeente,
        unit=fresh.about.unit or before.about.unit,
        desk=fresh.about.desk or before.about.desk,
        desk_id=fresh.about.desk_id or before.about.desk_id,
    )
    if not stays(before, now, anew=anew):
        return about
    was = before.about
    return replace(about, routed=was.routed, rule=was.rule, moved=was.moved)


def with_timer(item: QueueItem, now: Moment) -> QueueItem:
    """Life at risk and nobody on it: the acknowledgement clock runs."""
    if item.emergency != bool(item.at_risk_since):
        item = replace(item, at_risk_since=now if item.emergency else None)
    if not item.emergency or item.answered or (item.claim_until or "") > now:
        return item
    return replace(item, acknowledge_by=item.acknowledge_by or later(now, ACKNOWLEDGE_WITHIN))


def claim(item: QueueItem, agent: Principal, now: Moment) -> QueueItem:
    """I take it, or keep it for another quarter. Raises ``AlreadyClaimed`` naming the holder."""
    must_not_be_held_by_other(item, agent, now)
    return replace(
        item,
        claimed_by=agent.id,
        claimed_name=agent.name,
        claim_until=later(now, LEASE),
        claimed_at=(item.claimed_at if item.held_by(agent.id, now) else None) or now,
        acknowledge_by=None,
        snoozed_until=None,
        version=item.version + 1,
    )


def release(item: QueueItem, now: Moment) -> QueueItem:
    """Given back, or the claim ended: it waits for anybody, and at risk the clock runs again."""
    free = replace(
        item,
        claimed_by=None,
        claimed_name=None,
        claim_until=None,
        claimed_at=None,
        version=item.version + 1,
    )
    return with_timer(free, now)


def hand_over(item: QueueItem, team: str, now: Moment) -> QueueItem:
    """Passed on to another team, unclaimed; no rule takes it away from there."""
    about = replace(item.about, moved=True, routed="", rule="")
    return replace(release(item, now), team=team, about=about, snoozed_until=None)


def snooze(item: QueueItem, until: Moment, now: Moment) -> QueueItem:
    """Set aside until a moment, unclaimed. Raises ``NotAllowed`` while life is at risk."""
    if item.emergency:
        raise NotAllowed("an emergency cannot be snoozed")
    if until <= now:
        raise NotAllowed("a snooze must end in the future")
    return replace(release(item, now), snoozed_until=until)


def wake(item: QueueItem) -> QueueItem:
    """The snooze ended: it waits again."""
    return replace(item, snoozed_until=None, version=item.version + 1)


def answer(item: QueueItem) -> QueueItem:
    """An answer went out: nothing waits now, until the citizen writes again."""
    return replace(item, answered=True, acknowledge_by=None, version=item.version + 1)


def unanswer(item: QueueItem, now: Moment) -> QueueItem:
    """The answer was taken back before it left: it waits as it did."""
    return with_timer(replace(item, answered=False, version=item.version + 1), now)


def page(item: QueueItem, now: Moment) -> QueueItem:
    """Nobody acted in time: the next person is paged and the clock starts again."""
    return replace(
        item,
        acknowledge_by=later(now, ACKNOWLEDGE_WITHIN),
        paged_at=now,
        pages=item.pages + 1,
        version=item.version + 1,
    )


def judge(item: QueueItem, *, emergency: bool, now: Moment) -> QueueItem:
    """A person decided what this is: raised to life at risk, or taken off that lane."""
    urgency: Urgency = "spoed" if emergency else "nu"
    judged = replace(
        item,
        emergency=emergency,
        urgency=urgency,
        priority=rank(urgency, emergency=emergency),
        acknowledge_by=None,
        version=item.version + 1,
    )
    return with_timer(judged, now)


def as_said(item: QueueItem, urgency: Urgency, now: Moment, *, lower: bool) -> QueueItem:
    """A person said how urgent a message is. Raised at once, answered or claimed or not.

    Life at risk is taken off its lane only with ``lower``; what is less urgent than thought
    otherwise stays where it is.
    """
    if urgency == "spoed" and not (item.emergency and not item.answered):
        judged = judge(replace(item, answered=False, snoozed_until=None), emergency=True, now=now)
        return replace(judged, because=SAID_BY_A_PERSON)
    if item.emergency:
        return judge(item, emergency=False, now=now) if lower and urgency != "spoed" else item
    if rank(urgency, emergency=False) < item.rank:
        return replace(
            item,
            urgency=urgency,
            priority=rank(urgency, emergency=False),
            because=SAID_BY_A_PERSON,
            version=item.version + 1,
        )
    return item


def must_be_held(item: QueueItem | None, agent: Principal, now: Moment) -> QueueItem:
    """The item, when this agent's claim on it is running. Raises ``ClaimLost``."""
    if item is not None and item.held_by(agent.id, now):
        return item
    holder = item.claimed_name if item and item.held_by_other(agent.id, now) else None
    raise ClaimLost("the claim is not yours (any more)", holder=holder)


def must_not_be_held_by_other(item: QueueItem, agent: Principal, now: Moment) -> QueueItem:
    """The item, unless somebody else works on it. Raises ``AlreadyClaimed`` naming who."""
    if item.held_by_other(agent.id, now):
        holder = item.claimed_name or item.claimed_by or ""
        raise AlreadyClaimed(by=item.claimed_by or "", until=item.claim_until or "", name=holder)
    return item
