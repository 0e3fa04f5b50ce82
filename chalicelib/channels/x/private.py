"""Private messages on X: plain ones in two notations, and encrypted ones that we cannot read."""

from typing import Any

from chalicelib.channels.moments import epoch_of, iso_of
from chalicelib.channels.taming import dict_of, id_of, text_of
from chalicelib.channels.x.files import (
    KINDS,
    Described,
    described_in,
    keys_of,
    kind_of,
    media_of,
    older_media_of,
)
from chalicelib.channels.x.people import Names
from chalicelib.domain.media import MediaKind
from chalicelib.domain.message import Message, MessageKind


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
        media=older_media_of([media], id),
        account=account,
    )


def polled_dm_of(element: Any, page: Any, names: Names) -> Message | None:
    """A message as ``/2/dm_events`` lists it; None without an id."""
    id = id_of(element, "id")
    if id is None:
        return None
    author = id_of(element, "sender_id")
    files, described = keys_of(element), described_in(page)
    return Message(
        external_id=id,
        author_id=author,
        author_name=names.get(author or ""),
        text=text_of(element, "text"),
        kind=_kind_of(files[0], described) if files else "text",
        timestamp=iso_of(element, "created_at"),
        media_count=len(files),
        media=media_of(element, described),
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
        return _as_message(KINDS.get(text_of(media, "type")))
    if dict_of(data, "quick_reply_response"):
        return "interactive"
    return "unsupported" if dict_of(data, "attachment") else "text"


def _kind_of(key: str, described: Described) -> MessageKind:
    return _as_message(kind_of(key, described.get(key)))


def _as_message(kind: MediaKind | None) -> MessageKind:
    return "image" if kind == "image" else "video" if kind == "video" else "unsupported"
