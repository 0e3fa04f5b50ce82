"""One Telegram message element as a message of ours: who wrote it, where, and what it answers."""

from typing import Any

from chalicelib.channels.moments import epoch_of
from chalicelib.channels.taming import dict_of, id_of, name_of, text_of, value_of
from chalicelib.channels.telegram.content import content_of, full_name
from chalicelib.domain.message import Message, MessageKind


def message_id(element: Any) -> str | None:
    """A message is numbered within its chat only, so both together are its id."""
    chat, number = id_of(element, "chat", "id"), id_of(element, "message_id")
    return f"{chat}:{number}" if chat and number else None


def is_ours(element: dict[str, Any], own: str, *, for_business: bool) -> bool:
    """Whether the bot, or we ourselves in a business chat, wrote it."""
    writer = id_of(element, "from", "id")
    if own in (writer, id_of(element, "via_bot", "id")):
        return True
    if not own and value_of(element, "from", "is_bot") is True:
        return True
    # In a business chat, named after the citizen, the other writer is our own account.
    is_private = text_of(element, "chat", "type") == "private"
    return for_business and is_private and writer not in (None, id_of(element, "chat", "id"))


def to_message(id: str, element: dict[str, Any], *, edited: bool) -> Message:
    """The element in our own shape."""
    content = content_of(element)
    kind: MessageKind = "edited" if edited else content.kind
    changed_at = epoch_of(element, "edit_date") if edited else None
    writer = dict_of(element, "from")
    return Message(
        external_id=id,
        author_id=id_of(writer, "id") or id_of(element, "sender_chat", "id"),
        author_name=full_name(writer) or name_of(element, "sender_chat", "title"),
        text=content.text,
        kind=kind,
        timestamp=changed_at or epoch_of(element, "date"),
        media_count=len(content.media),
        media=content.media,
        location=content.location,
        reply_to=answered(element),
        thread=group_of(element),
    )


def answered(element: dict[str, Any]) -> str | None:
    """The message that this one answers, also in another chat."""
    number = id_of(element, "reply_to_message", "message_id")
    if number is None:
        return message_id(dict_of(element, "external_reply"))
    chat = id_of(element, "reply_to_message", "chat", "id") or id_of(element, "chat", "id")
    return f"{chat}:{number}"


def group_of(element: Any) -> str | None:
    """The group that a message stands in; what one citizen writes there is a conversation."""
    is_private = text_of(element, "chat", "type") in ("", "private")
    return None if is_private else id_of(element, "chat", "id")
