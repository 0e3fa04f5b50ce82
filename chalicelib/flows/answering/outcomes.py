"""What became of a delivery (T6): written on it, on our answer and on the timeline, at once."""

from dataclasses import replace

from chalicelib.domain.conversation import Event
from chalicelib.domain.delivery import ALLOWED, Cost, Delivery, State
from chalicelib.domain.fact import Fact
from chalicelib.domain.message import ReceiptState
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import SYSTEM
from chalicelib.flows.answering.following import begin_next, what_follows
from chalicelib.flows.hinting import tell, tell_visitor
from chalicelib.flows.services import Services
from chalicelib.store import (
    announcements,
    conversations,
    deliveries,
    kept_messages,
    keys,
    references,
    timeline,
)
from chalicelib.store.references import Reference
from chalicelib.store.table import Key, Operation


def finish(
    services: Services,
    delivery: Delivery,
    state: State,
    *,
    external_id: str | None = None,
    reason: str | None = None,
) -> Delivery:
    """Write the outcome and hint to the team. Raises ``ConditionFailed`` as below."""
    done = save_outcome(services, delivery, state, external_id=external_id, reason=reason)
    tell(services, delivery.subject)
    if services.channel(done.channel).rules.on_our_page:
        tell_visitor(services, done.channel, done.account, done.to)
    return done


def save_outcome(
    services: Services,
    delivery: Delivery,
    state: State,
    *,
    external_id: str | None = None,
    receipt: ReceiptState | None = None,
    reason: str | None = None,
    cost: Cost | None = None,
) -> Delivery:
    """Write where a delivery is now, on it, on our answer and on the timeline.

    A receipt that came before the platform's id was known counts from here on: also one that says
    that it failed. Raises ``ConditionFailed`` when somebody else changed it meanwhile.
    """
    now = services.now()
    if state != delivery.state and state not in ALLOWED[delivery.state]:
        return delivery
    early, reference = what_waited(services, delivery, external_id, now)
    if early.receipt == "failed" and receipt is None:
        state, reason = "refused", early.receipt_reason
    after = replace(
        delivery,
        state=state,
        due_at=None,
        external_id=external_id or delivery.external_id,
        receipt=receipt or early.receipt or delivery.receipt,
        reason=reason,
        cost=cost or delivery.cost,
        sent_at=now if state == "sent" and delivery.sent_at is None else delivery.sent_at,
    )
    writes: list[Operation] = [deliveries.saved(delivery, after), on_message(after)]
    writes += announcements.came_to(after)
    writes += [references.to_delivery(reference, after.reply_id, now)] if reference else []
    writes += [went_wrong(services, after, now)] if state in ("refused", "uncertain") else []
    following = what_follows(services, delivery, after)
    for before, then in following:
        writes += [deliveries.saved(before, then), on_message(then)]
    services.table.write(*writes)
    begin_next(services, following)
    return after


def what_waited(
    services: Services, delivery: Delivery, external_id: str | None, now: Moment
) -> tuple[Reference, Key | None]:
    """What is known under the platform's id, and its key where that is still to be written."""
    if external_id is None or external_id == delivery.external_id:
        return Reference(), None
    key = keys.reference(delivery.channel, delivery.account, external_id)
    return references.find(services.table, key, now) or Reference(), key


def on_message(delivery: Delivery) -> Operation:
    """The same state on our answer in the conversation, where the agent reads it."""
    return kept_messages.delivery_state(
        kept_messages.answer_key(delivery.subject, delivery.message_sk),
        state=delivery.state,
        receipt=delivery.receipt,
        reason=delivery.reason,
    )


def went_wrong(services: Services, delivery: Delivery, now: Moment) -> Operation:
    """The timeline tells why an answer did not, or perhaps did not, arrive. It is counted."""
    conversation = conversations.find(services.table, delivery.subject, now)
    fact = Fact(
        what="failed",
        at=now,
        id=keys.digest("failed", delivery.reply_id, now),
        team=conversation.team if conversation else "",
        channel=delivery.channel,
        lang=conversation.lang if conversation else "",
    )
    text = f"{delivery.state}: {delivery.reason or 'onbekend'}"
    event = Event(what="delivery", at=now, by=SYSTEM.id, name=SYSTEM.name, text=text)
    return timeline.happened(delivery.subject, event, fact)
