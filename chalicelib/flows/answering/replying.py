"""An agent answers: exactly once for each reply id, and only while nothing newer came (T4)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.domain import queue_rules as rules
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.moments import later
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput, NewerMessages
from chalicelib.flows import nudges
from chalicelib.flows.answering.attaching import attached, sent_with
from chalicelib.flows.answering.elsewhere import limits_of, way_of_answer
from chalicelib.flows.answering.refusing import (
    must_be_offered,
    must_be_sendable,
    must_be_written,
    parts_of,
)
from chalicelib.flows.answering.writing_out import Said, our_messages, to_deliveries
from chalicelib.flows.desk.queueing import found, must_have_seen
from chalicelib.flows.hinting import tell
from chalicelib.flows.services import Services
from chalicelib.flows.telling import first_answer
from chalicelib.jobs.jobs import JUST_AFTER
from chalicelib.store import access_log, conversations, deliveries, kept_messages, keys, queue
from chalicelib.store.table import ConditionFailed


@dataclass(frozen=True, slots=True)
class Replied:
    """The answer is kept and will be delivered. ``again``: this reply id was taken before."""

    delivery: Delivery
    again: bool


def reply(
    services: Services,
    agent: Principal,
    subject: str,
    *,
    reply_id: str,
    text: str,
    seen: str,
    files: Sequence[str] = (),
    choices: Sequence[str] = (),
    hold: timedelta = timedelta(),
) -> Replied:
    """Answer the citizen, exactly once for each ``reply_id``. ``files`` are ids of uploads.

    ``choices`` are buttons below the text. ``hold``: see ``Said``.

    Raises ``InvalidInput``, ``ClaimLost``, ``NewerMessages``, ``WindowClosed``, ``TooLong`` or
    ``ChannelNotApproved``; nothing is kept then.
    """
    agent.must_be_allowed_to("answer")
    must_be_written(reply_id, text or "".join(files))
    conversation = found(services, subject)
    earlier = said_before(services, subject, reply_id)
    if earlier:
        return Replied(earlier, again=True)
    limits = must_be_sendable(services, conversation)
    must_be_offered(limits, text, choices)
    uploads = attached(services, agent, subject, files)
    parts = parts_of(limits, text, uploads)
    must_have_seen(services, conversation, seen)
    said = Said(reply_id, parts, tuple(uploads), tuple(choices), by_hand=True, hold=hold)
    return keep_and_send(services, agent, conversation, said)


def keep_and_send(
    services: Services, agent: Principal, conversation: Conversation, said: Said
) -> Replied:
    """Keep it, and send it on its way. Raises as ``keep_reply`` does."""
    delivery = keep_reply(services, agent, conversation, said)
    wait = said.hold + JUST_AFTER if said.hold else timedelta()
    services.jobs.send("deliver", nudges.delivery(keys.delivery(said.reply_id)), delay=wait)
    tell(services, conversation.subject)
    return delivery


def said_before(services: Services, subject: str, reply_id: str) -> Delivery | None:
    """The reply under this id. Raises ``InvalidInput`` when it cannot be used (any more)."""
    delivery = deliveries.find(services.table, reply_id, services.now())
    if delivery and delivery.subject != subject:
        taken = {"nl": "hoort bij een ander gesprek", "en": "belongs to another conversation"}
        raise InvalidInput("this reply id is taken", {"reply_id": taken})
    if delivery and delivery.state == "taken_back":
        gone = {"nl": "dit antwoord is teruggehaald", "en": "this answer was taken back"}
        raise InvalidInput("this reply id was taken back", {"reply_id": gone})
    return delivery


def keep_reply(
    services: Services, agent: Principal, conversation: Conversation, said: Said
) -> Replied:
    """T4: my claim and the fence hold, and the delivery is new; all in one transaction."""
    now = services.now()
    item = queue.find(services.table, conversation.subject, now)
    standing = rules.must_be_held(item, agent, now)
    limits, way = limits_of(services, conversation), way_of_answer(services, conversation)
    messages = our_messages(conversation, agent, said, now)
    made = to_deliveries(conversation, messages, agent, limits)
    first, *rest = [
        replace(one, channel=way.channel, account=way.account, to=way.to) for one in made
    ]
    files = tuple(one.id for one in said.uploads)
    first = replace(first, files=files, choices=said.choices, template=said.template)
    first = replace(first, privately=said.privately, due_at=later(now, said.hold))
    first, *rest = [replace(one, by_hand=said.by_hand) for one in (first, *rest)]
    try:
        services.table.write(
            queue.saved(standing, rules.answer(standing), now),
            conversations.nothing_newer(conversation),
            *(deliveries.first(delivery, now) for delivery in (first, *rest)),
            kept_messages.written(messages[0], now, first_answer(standing, now)),
            *(kept_messages.written(message, now) for message in messages[1:]),
            *sent_with(said.uploads, messages[0]),
            access_log.used(agent, "reply", conversation.subject, now),
        )
    except ConditionFailed as failed:
        return after_losing(services, agent, conversation, said.reply_id, failed)
    return Replied(first, again=False)


def after_losing(
    services: Services,
    agent: Principal,
    conversation: Conversation,
    reply_id: str,
    failed: ConditionFailed,
) -> Replied:
    """Why T4 failed: a double click, a lost claim, or the citizen wrote meanwhile."""
    earlier = said_before(services, conversation.subject, reply_id)
    if earlier:
        return Replied(earlier, again=True)
    item = queue.find(services.table, conversation.subject, services.now())
    rules.must_be_held(item, agent, services.now())
    raise NewerMessages(1) from failed
