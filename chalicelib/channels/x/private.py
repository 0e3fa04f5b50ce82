"""Private messages on X: plain ones in two notations, and encrypted ones that we cannot read."""

from typing import Any

from chalicelib.channels.moments import epoch_of, iso_of
from chalicelib.channels.taming import dict_of, id_of, items_of, list_of, text_of
from chalicelib.channels.x.people import Names
from chalicelib.domain.message import Message, MessageKind

_KINDS: dict[str, MessageKind] = {"photo": "image", "video": "video", "animated_gif": "video"}
_KINDS_BY_KEY: dict[str, MessageKind] = {"3": "image", "7": "video", "13": "video", "16": "video"}
"""What a media key begins with, for a page that does not describe its media."""


def delivered_dm_of(element: Any, names: Names, account: str | None) -> Message | None:
    """A message as webhooks bring it; None without an id."""
    id = id_of(element, "id")
    if id is None:
        return None
    data = dict_of(element, "message_create", "message_data")
    author = id_of(element, "message_create", "sender_id")
    media = dict_of(data, "attachment", "media")
    return Message(
        external_id=id,
        author_id=author,
        author_name=names.get(author or ""),
        text=text_of(data, "text"),
        kind=_delivered_kind(data, media),
        timestamp=epoch_of(element, "created_timestamp"),
        media_count=int(bool(media)),
        account=account,
    )


def polled_dm_of(element: Any, page: Any, names: Names) -> Message | None:
    """A message as ``/2/dm_events`` lists it; None without an id."""
    id = id_of(element, "id")
    if id is None:
        return None
    author = id_of(element, "sender_id")
    files = [key for one in list_of(element, "attachments", "media_keys") if (key := id_of(one))]
    return Message(
        external_id=id,
        author_id=author,
        author_name=names.get(author or ""),
        text=text_of(element, "text"),
        kind=_kind_of(files[0], page) if files else "text",
        timestamp=iso_of(element, "created_at"),
        media_count=len(set(files)),
    )


def encrypted_of(payload: Any, account: str | None) -> Message | None:
    """A message that only X itself can show; None without an id."""
    id = id_of(payload, "id")
    if id is None:
        return None
    return Message(
        external_id=id,
        author_id=id_of(payload, "sender_id"),
        text="",
        kind="encrypted",
        timestamp=epoch_of(payload, "created_at_msec"),
        account=account,
    )


def _delivered_kind(data: Any, media: Any) -> MessageKind:
    if media:
        return _KINDS.get(text_of(media, "type"), "unsupported")
    if dict_of(data, "quick_reply_response"):
        return "interactive"
    return "unsupported" if dict_of(data, "attachment") else "text"


def _kind_of(key: str, page: Any) -> MessageKind:
    described = (
        one for one in items_of(page, "includes", "media") if id_of(one, "media_key") == key
    )
    word = next((text_of(one, "type") for one in described), "")
    return _KINDS.get(word) or _KINDS_BY_KEY.get(key.partition("_")[0], "unsupported")
