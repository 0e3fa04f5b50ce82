"""The facts that figures are made of, each written with the change that it tells of."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.conversation import Conversation, KeptMessage
from chalicelib.domain.fact import Fact, Mark, What
from chalicelib.domain.moments import Moment, instant
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.sample import doubt
from chalicelib.flows import nudges
from chalicelib.flows.services import Services
from chalicelib.store import keys
from chalicelib.store.envelopes import received_at

COUNTED_ANYWAY = timedelta(minutes=2)
"""What is not older than this is counted by the clock; for what is older somebody must ask."""


def milliseconds(start: Moment, end: Moment) -> int:
    """How long it took; a clock that ran back makes it nothing."""
    return max(0, int((instant(end) - instant(start)) / timedelta(milliseconds=1)))


def arrival(message: KeptMessage, conversation: Conversation, assessment: Assessment) -> Fact:
    """A citizen's message came to a team. A second look changes what it was about, not when."""
    return Fact(
        what="arrived",
        at=message.accepted_at,
        id=message.id,
        team=conversation.team,
        channel=message.channel,
        topic=assessment.topic,
        lang=assessment.lang,
        urgency=assessment.urgency,
        emergency=assessment.emergency,
        mark=message.began or "",
        took=message.to_queue_ms,
        doubt=doubt(assessment) if message.text and conversation.team else None,
    )


def waited_until(message: KeptMessage, now: Moment) -> int:
    """How long a message took from the platform's delivery to its place on the queue."""
    since = received_at(message.envelope) if message.envelope else message.accepted_at
    return milliseconds(since, now)


def act(
    item: QueueItem, what: What, at: Moment, *, mark: Mark = "", since: Moment | None = None
) -> Fact:
    """Something was done with what waited; ``since`` is when its clock began."""
    return Fact(
        what=what,
        at=at,
        id=keys.digest("act", item.subject, what, at),
        team=item.team,
        channel=item.channel,
        topic=item.topic or "",
        lang=item.lang,
        urgency=item.urgency,
        emergency=item.emergency,
        mark=mark,
        took=milliseconds(since, at) if since else None,
    )


def step(before: QueueItem, after: QueueItem, what: What, at: Moment) -> Fact:
    """A step that may be the first act on an emergency: then its clock of acknowledgement stops."""
    if before.acknowledge_by and not after.acknowledge_by:
        return act(before, what, at, mark="acknowledged", since=before.at_risk_since)
    if what == "handed_over":
        return act(before, what, at, since=before.at_risk_since)
    return act(before, what, at)


def first_answer(item: QueueItem, at: Moment) -> Fact:
    """An answer: the first to what waits, in time or late; or one more."""
    if item.answered:
        return act(item, "answered", at)
    mark: Mark = "in_time" if at <= item.due_at else "late"
    worked = milliseconds(item.claimed_at, at) if item.claimed_at else None
    fact = act(item, "answered", at, mark=mark, since=item.waiting_since)
    return replace(fact, worked=worked)


def count_again(services: Services, at: Moment) -> None:
    """Something changed or came that far back. When this is lost, the night counts it."""
    if instant(services.now()) - instant(at) > COUNTED_ANYWAY:
        services.jobs.send(nudges.LANE_OF["count"], nudges.count(keys.counting(at)))
