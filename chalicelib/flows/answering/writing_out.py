"""What is said: as messages in the conversation, and as deliveries on their way."""

from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.channels.limits import Rules
from chalicelib.domain.conversation import Conversation, KeptMessage
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.media import KeptMedia
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.domain.template import FilledTemplate
from chalicelib.flows.answering.elsewhere import given_way
from chalicelib.store import kept_messages, keys


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
        message_sk=kept_messages.key_of(message).sk,
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
