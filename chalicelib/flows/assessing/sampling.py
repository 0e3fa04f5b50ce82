"""Judging blind: a person says what each message is that was drawn of a day (``drawing``).

The judge sees the citizen's words and nothing of what detection said or colleagues answered.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.assessment import Urgency
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.label import Said
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import SYSTEM, Principal
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.queue_rules import as_said
from chalicelib.domain.sample import Lot
from chalicelib.errors import NotAllowed, NotFound, StoreUnavailable
from chalicelib.flows.assessing.classifying import texts_before
from chalicelib.flows.assessing.correcting import corrected, new_label
from chalicelib.flows.desk.queueing import TRIES, announce
from chalicelib.flows.services import Services
from chalicelib.store import access_log, kept_messages, keys, labels, queue, samples, timeline
from chalicelib.store.table import ConditionFailed, Key, Operation

LOOK_BACK = timedelta(days=7)
"""For how long a lot waits for its judge."""

EARLIER = 3
"""How many of the citizen's earlier messages the judge reads with it."""

A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToJudge:
    """One message for the judge's eyes, and how far the day's sample is. None: all is done."""

    day: str
    done: int
    left: int
    lot: Lot | None = None
    message: KeptMessage | None = None
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What came of a judgement: ``raised`` when its item now stands on top of the queue."""

    lot: Lot
    raised: bool


def next_to_judge(services: Services, agent: Principal) -> ToJudge:
    """The next message of the team's newest sample that is not done."""
    agent.must_be_allowed_to("answer")
    must_have_a_team(agent)
    now = services.now()
    since = later(now, -LOOK_BACK)[:10]
    nothing = ToJudge(day="", done=0, left=0)
    for sample in reversed(samples.of_team(services.table, agent.team, since, now)):
        lots = samples.lots(services.table, agent.team, sample.day, now)
        waiting = [lot for lot in lots if lot.at is None]
        for lot in waiting:
            shown = for_the_judge(services, agent, lot)
            if shown:
                message, earlier = shown
                return ToJudge(
                    day=sample.day,
                    done=len(lots) - len(waiting),
                    left=len(waiting),
                    lot=lot,
                    message=message,
                    earlier=earlier,
                )
        if lots and not nothing.day:
            nothing = ToJudge(day=sample.day, done=len(lots), left=0)
    return nothing


def for_the_judge(
    services: Services, agent: Principal, lot: Lot
) -> tuple[KeptMessage, tuple[str, ...]] | None:
    """The message and what the citizen wrote before it; None when its words are gone."""
    now = services.now()
    message = kept_messages.find(services.table, key_of(lot), now)
    if message is None or message.deleted_at or not message.text:
        set_aside(services, lot)
        return None
    told = kept_messages.until(services.table, message, now)
    services.table.write(access_log.read(agent, "read_sample", f"{lot.subject}:{message.id}", now))
    return message, texts_before(message, told)[-EARLIER:]


def set_aside(services: Services, lot: Lot) -> None:
    """There is nothing to judge: it counts for nobody."""
    try:
        services.table.write(*samples.done(lot, None, SYSTEM.id, services.now()))
    except ConditionFailed:
        return  # somebody judged it just now


def judge_lot(
    services: Services, agent: Principal, day: str, order: str, urgency: Urgency | None
) -> Judged:
    """What the judge says; None: cannot tell. Said twice, the first time counts.

    Raises ``NotFound`` when the team has no such lot.
    """
    agent.must_be_allowed_to("answer")
    must_have_a_team(agent)
    for _ in range(TRIES):
        lot = found_lot(services, agent, day, order)
        if lot.at is not None:
            return Judged(lot=lot, raised=False)
        message = kept_messages.find(services.table, key_of(lot), services.now())
        if urgency is None or message is None or not message.assessment:
            set_aside_by(services, agent, lot)
            continue
        try:
            return judge_once(services, agent, lot, message, urgency)
        except ConditionFailed:
            continue  # a colleague judged it, or the item changed: look again
    raise StoreUnavailable("too many writers on one item")


def judge_once(
    services: Services, agent: Principal, lot: Lot, message: KeptMessage, urgency: Urgency
) -> Judged:
    """Lot, sums and label at once. A missed emergency that still waits is raised with them."""
    label = new_label(services, agent, message, Said(urgency=urgency), lot.source)
    made: list[Operation] = [
        *samples.done(lot, urgency, agent.id, label.at),
        labels.kept(label, message),
        access_log.used(agent, "judge_sample", f"{lot.subject}:{message.id}", label.at),
    ]
    standing = queue.find(services.table, lot.subject, label.at)
    after = raised_by(standing, urgency, label.at)
    if after:
        made.append(queue.saved(standing, after, label.at))
        made.append(timeline.happened(lot.subject, corrected(label)))
    services.table.write(*made)
    if after:
        announce(services, after)
    return Judged(lot=lot, raised=after is not None)


def raised_by(standing: QueueItem | None, urgency: Urgency, now: Moment) -> QueueItem | None:
    """Who judges blind knows one message of it: they raise what waits, and lower nothing.

    What was answered or finished a colleague has read whole: the judge is led there instead.
    """
    if standing is None or standing.answered or standing.emergency or urgency != "spoed":
        return None
    return as_said(standing, urgency, now, lower=False)


def set_aside_by(services: Services, agent: Principal, lot: Lot) -> None:
    """The judge cannot tell."""
    try:
        services.table.write(*samples.done(lot, None, agent.id, services.now()))
    except ConditionFailed:
        return  # a colleague could


def found_lot(services: Services, agent: Principal, day: str, order: str) -> Lot:
    """The lot of the agent's own team. Raises ``NotFound``."""
    known = A_DAY.fullmatch(day) and order.isalnum()
    now = services.now()
    lot = samples.find_lot(services.table, agent.team, day, order, now) if known else None
    if lot is None:
        raise NotFound("no such lot")
    return lot


def key_of(lot: Lot) -> Key:
    return Key(keys.conversation_partition(lot.subject), lot.message_sk)


def must_have_a_team(agent: Principal) -> None:
    """Samples are drawn for a team. Raises ``NotAllowed``."""
    if not agent.team:
        raise NotAllowed("who belongs to no team judges no sample", role=agent.role)
