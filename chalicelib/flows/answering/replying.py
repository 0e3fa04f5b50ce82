"""An agent answers, or leaves a note. What is known before sending is refused here (T4)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.channels import splitting
from chalicelib.channels.contract import Rules
from chalicelib.domain import queue_rules as rules
from chalicelib.domain.conversation import Conversation, Event, KeptMessage
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.media import KeptMedia
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.domain.template import FilledTemplate
from chalicelib.errors import (
    ChannelNotApproved,
    InvalidInput,
    NewerMessages,
    NotFound,
    TooLong,
    WindowClosed,
)
from chalicelib.flows import nudges
from chalicelib.flows.answering.attaching import attached, must_fit, sent_with
from chalicelib.flows.answering.elsewhere import given_way, limits_of, way_of_answer
from chalicelib.flows.desk.queueing import found, must_have_seen
from chalicelib.flows.hinting import tell
from chalicelib.flows.services import Services
from chalicelib.flows.telling import first_answer
from chalicelib.jobs.jobs import JUST_AFTER
from chalicelib.store import access_log, conversations, deliveries, directory, keys, queue
from chalicelib.store.table import ConditionFailed

REPLY_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
LONGEST_NOTE = 10_000


@dataclass(frozen=True, slots=True)
class Replied:
    """The answer is kept and will be delivered. ``again``: this reply id was taken before."""

    delivery: Delivery
    again: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What an agent answers: in several messages, or in one with files, choices or a template.

    ``by_hand`` is said by who knows that a person wrote it for this citizen alone: only such an
    answer may go out after a platform's usual window. An answer to many never says it. ``hold`` is
    how long it waits before it goes, so that its writer can take it back.
    """

    reply_id: str
    parts: tuple[str, ...]
    uploads: tuple[KeptMedia, ...] = ()
    choices: tuple[str, ...] = ()
    template: FilledTemplate | None = None
    privately: bool = False
    by_hand: bool = False
    hold: timedelta = timedelta()


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


def must_be_written(reply_id: str, text: str) -> None:
    """Raises ``InvalidInput`` naming what is missing."""
    fields = {}
    if not REPLY_ID.fullmatch(reply_id):
        fields["reply_id"] = {
            "nl": "1 tot 64 letters, cijfers, _ of -",
            "en": "1 to 64 letters, digits, _ or -",
        }
    if not text.strip():
        fields["text"] = {"nl": "schrijf eerst een antwoord", "en": "write an answer first"}
    if fields:
        raise InvalidInput("the reply is not complete", fields)


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


def must_be_sendable(services: Services, conversation: Conversation) -> Rules:
    """What the channel would refuse whatever is said, before anything is kept; its rules here."""
    limits = must_be_allowed(services, conversation)
    window = limits.longest_window
    if window and later(conversation.inbound_at, window) <= services.now():
        raise WindowClosed("the reply window has ended", since=conversation.inbound_at)
    return limits


def must_be_allowed(services: Services, conversation: Conversation) -> Rules:
    """What is refused inside and after the window alike; the channel's rules here."""
    now = services.now()
    limits, way = limits_of(services, conversation), way_of_answer(services, conversation)
    account = directory.find_account(services.table, way.channel, way.account)
    if account is None:
        raise NotFound("the account of this conversation is gone", channel=conversation.channel)
    account.must_be_approved_for("answer", now)
    if limits.only_if_addressed and not conversation.addressed:
        reason = "this citizen did not write to us"
        raise ChannelNotApproved(reason, channel=conversation.channel, reason=reason)
    return limits


def must_be_offered(limits: Rules, text: str, choices: Sequence[str]) -> None:
    """Raises ``InvalidInput`` or ``TooLong`` for buttons that the channel would not show."""
    allowed = limits.choices
    if not choices:
        return
    most = allowed.most if allowed else 0
    if allowed is None or len(choices) > most or len({*choices}) < len(choices):
        many = {"nl": f"hoogstens {most} verschillende", "en": f"at most {most} different ones"}
        raise InvalidInput("too many choices", {"choices": many})
    if not all(one.strip() and allowed.measure(one) <= allowed.longest_choice for one in choices):
        longest = allowed.longest_choice
        size = {"nl": f"1 tot {longest} tekens per keuze", "en": f"1 to {longest} characters each"}
        raise InvalidInput("a choice is too long", {"choices": size})
    length = limits.measure(text)
    if length > allowed.longest_text:
        raise TooLong("too long above choices", longest=allowed.longest_text, length=length)


def parts_of(limits: Rules, text: str, uploads: Sequence[KeptMedia]) -> tuple[str, ...]:
    """The messages that a text becomes; beside a file it is one. Raises ``TooLong``."""
    if uploads:
        must_fit(limits, text, uploads)
        return (text,)
    if splitting.is_too_long(text, limits):
        most = limits.longest_text * limits.most_parts
        raise TooLong("the text is too long", longest=most, length=limits.measure(text))
    return splitting.parts(text, limits)


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
            conversations.written(messages[0], now, first_answer(standing, now)),
            *(conversations.written(message, now) for message in messages[1:]),
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


def our_messages(
    conversation: Conversation, agent: Principal, said: Said, now: Moment
) -> list[KeptMessage]:
    """The parts of an answer as they stand in the conversation: each is a message of its own."""
    first, *rest = [
        our_message(conversation, agent, part_id(said.reply_id, number), text, at)
        for number, text in enumerate(said.parts)
        for at in (later(now, timedelta(milliseconds=number)),)
    ]
    return [replace(first, media_count=len(said.uploads)), *rest]


def part_id(reply_id: str, number: int) -> str:
    """The first part has the id of the whole; no reply id that is handed in has a dot."""
    return f"{reply_id}.{number + 1}" if number else reply_id


def our_message(
    conversation: Conversation, agent: Principal, reply_id: str, text: str, now: Moment
) -> KeptMessage:
    """The answer as it stands in the conversation."""
    return KeptMessage(
        id=keys.digest("reply", reply_id),
        subject=conversation.subject,
        channel=conversation.channel,
        account=conversation.account,
        direction="out",
        text=text,
        kind="text",
        at=now,
        accepted_at=now,
        external_id=reply_id,
        author_name=agent.name,
        triaged=True,
        reply_id=reply_id,
        by=agent.id,
        state="queued",
    )


def to_deliveries(
    conversation: Conversation, messages: list[KeptMessage], agent: Principal, limits: Rules
) -> list[Delivery]:
    """Each part on its way; only the first is due, and each knows the one that follows."""
    found = [to_delivery(conversation, one, agent, quotes=limits.quotes) for one in messages]
    following = [one.reply_id for one in found[1:]]
    first, *rest = [
        replace(one, then=then) for one, then in zip(found, (*following, None), strict=True)
    ]
    return [first, *(replace(one, due_at=None) for one in rest)]


def to_delivery(
    conversation: Conversation, message: KeptMessage, agent: Principal, *, quotes: bool
) -> Delivery:
    """The same answer, on its way; naming what it answers only where the channel needs that."""
    return Delivery(
        reply_id=message.external_id,
        subject=conversation.subject,
        message_sk=conversations.message_key(message).sk,
        channel=conversation.channel,
        account=conversation.account,
        to=conversation.author_id,
        text=message.text,
        agent=agent.id,
        state="queued",
        created_at=message.at,
        due_at=message.at,
        in_reply_to=conversation.answers if quotes else None,
        answer_with=None if given_way(conversation) else conversation.answer_with,
        thread=conversation.thread,
        inbound_at=conversation.inbound_at,
    )


def note(services: Services, agent: Principal, subject: str, text: str) -> Event:
    """Leave a note for colleagues. It is an event, and no event can reach a channel."""
    agent.must_be_allowed_to("answer")
    if not text.strip() or len(text) > LONGEST_NOTE:
        size = {"nl": "1 tot 10.000 tekens", "en": "1 to 10,000 characters"}
        raise InvalidInput("not a note", {"text": size})
    conversation = found(services, subject)
    now = services.now()
    event = Event(what="note", at=now, by=agent.id, name=agent.name, text=text)
    services.table.write(
        conversations.happened(subject, event), access_log.used(agent, "note", subject, now)
    )
    tell(services, conversation.subject)
    return event
