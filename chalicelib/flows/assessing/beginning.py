"""The conversation that a message begins or continues, as triage writes it."""

from dataclasses import replace

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.contact import Handle, handle_of
from chalicelib.domain.conversation import Conversation, KeptMessage
from chalicelib.domain.moments import Moment
from chalicelib.store import conversations, keys
from chalicelib.store.table import Operation


def opened_by(message: KeptMessage, team: str) -> Conversation:
    """The conversation that begins with this message."""
    handle = message.author_id or message.external_id
    return Conversation(
        subject=message.subject,
        channel=message.channel,
        account=message.account,
        team=team,
        contact=contact_id(handle_of(message.channel, handle)),
        author_id=handle,
        author_name=message.author_name,
        opened_at=message.at,
        newest=message.id,
        newest_mark=message.arrival,
        inbound_at=message.at,
        lang="und",
        answers=message.external_id,
        answer_with=message.answer_with,
        thread=message.thread,
        addressed=not message.listened,
    )


def conversation_write(
    before: Conversation | None,
    conversation: Conversation,
    message: KeptMessage,
    assessment: Assessment,
    now: Moment,
) -> Operation:
    """Begin or continue the conversation; what arrived last and was written last only grow."""
    arrived_last = message.arrival >= conversation.newest_mark
    written_last = message.at >= conversation.inbound_at
    after = replace(
        conversation,
        newest=message.id if arrived_last else conversation.newest,
        newest_mark=max(conversation.newest_mark, message.arrival),
        inbound_at=max(conversation.inbound_at, message.at),
        answers=message.external_id if written_last else conversation.answers,
        answer_with=message.answer_with if written_last else conversation.answer_with,
        addressed=conversation.addressed or not message.listened,
        author_id=latest_id(conversation, message) if written_last else conversation.author_id,
        author_name=message.author_name or conversation.author_name,
        lang=assessment.lang if assessment.lang != "und" else conversation.lang,
    )
    if before is None:
        return conversations.opened(after, now)
    return conversations.continued(before, after, now)


def contact_id(handle: Handle) -> str:
    """What a contact is called that begins with this handle."""
    return keys.digest(handle.channel, handle.kind, handle.id)


def latest_id(conversation: Conversation, message: KeptMessage) -> str:
    """Where an answer goes: a number that changed follows the person. In a thread it stays."""
    followed = message.author_id if message.thread is None else None
    return followed or conversation.author_id
