"""The rules by which a queue item changes. All pure: item in, item out.

Detection only raises; it never touches a claim. A person lowers, releases and finishes.
"""

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.assessment import Urgency
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import About, QueueItem, rank
from chalicelib.errors import AlreadyClaimed, ClaimLost, NotAllowed

LEASE = timedelta(minutes=15)
"""A claim ends by itself, so that nothing stays with somebody who went home."""

ACKNOWLEDGE_WITHIN = timedelta(minutes=2)
"""Life at risk: when nobody acts within this time, the next person is paged."""

SAID_BY_A_PERSON = "Een medewerker zegt dat dit zo dringend is."


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
