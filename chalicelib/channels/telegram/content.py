"""What one Telegram message says: kind, text, number of files, place.

The fields of a message tell its kind, and some come in pairs (an animation is also a document, a
venue also a location), so the first of this order counts.
"""

from collections.abc import Callable
from typing import Any

from chalicelib.channels.content import Content
from chalicelib.channels.taming import (
    dict_of,
    id_of,
    items_of,
    location_of,
    name_of,
    number_of,
    text_of,
)
from chalicelib.domain.media import Media, MediaKind

MOST_BYTES = 1e12
"""A claimed size above this is no size."""

SERVICE = frozenset({
    "new_chat_members", "new_chat_member", "new_chat_participant", "left_chat_member",
    "left_chat_participant", "new_chat_title", "new_chat_photo", "delete_chat_photo",
    "group_chat_created", "supergroup_chat_created", "channel_chat_created",
    "message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id",
    "pinned_message", "connected_website", "write_access_allowed", "proximity_alert_triggered",
    "boost_added", "chat_background_set", "chat_owner_changed", "chat_owner_left",
    "checklist_tasks_added", "checklist_tasks_done", "direct_message_price_changed",
    "paid_message_price_changed", "forum_topic_created", "forum_topic_edited",
    "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden",
    "general_forum_topic_unhidden", "gift", "unique_gift", "gift_upgrade_sent",
    "giveaway_created", "giveaway_completed", "managed_bot_created", "poll_option_added",
    "poll_option_deleted", "suggested_post_approved",
    "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid",
    "suggested_post_refunded", "video_chat_scheduled", "video_chat_started", "video_chat_ended",
    "video_chat_participants_invited", "successful_payment", "refunded_payment",
})  # fmt: skip
"""What Telegram itself writes into a chat: nobody says anything."""


def is_service(message: dict[str, Any]) -> bool:
    """Whether Telegram wrote this, and the citizen added nothing."""
    return not SERVICE.isdisjoint(message) and _READERS.keys().isdisjoint(message)


def content_of(message: dict[str, Any]) -> Content:
    """What this message says; ``unsupported`` for any content that we do not know."""
    for name, read in _READERS.items():
        if name in message:
            return read(message)
    return Content("unsupported", text_of(message, "caption"))


def full_name(person: Any) -> str | None:
    """First and last name together, None without either."""
    names = (name_of(person, "first_name"), name_of(person, "last_name"))
    return " ".join(name for name in names if name) or None


def _file(kind: MediaKind, field: str) -> Callable[[dict[str, Any]], Content]:
    def read(message: dict[str, Any]) -> Content:
        found = _media(kind, dict_of(message, field))
        return Content(kind, text_of(message, "caption"), (found,) if found else ())

    return read


def _photo(message: dict[str, Any]) -> Content:
    # One picture in several sizes, the largest last.
    sizes = [_media("image", dict_of(size)) for size in items_of(message, "photo")]
    largest = [size for size in sizes if size][-1:]
    return Content("image", text_of(message, "caption"), tuple(largest))


def _media(kind: MediaKind, file: dict[str, Any]) -> Media | None:
    id, size = id_of(file, "file_id"), number_of(file, "file_size")
    if id is None:
        return None
    return Media(
        kind=kind,
        id=id,
        mime=name_of(file, "mime_type"),
        size=int(size) if size and 0 < size < MOST_BYTES else None,
        name=name_of(file, "file_name"),
    )


def _text(message: dict[str, Any]) -> Content:
    return Content("text", text_of(message, "text"))


def _venue(message: dict[str, Any]) -> Content:
    venue = dict_of(message, "venue")
    place = {**dict_of(venue, "location"), "title": venue.get("title"), "at": venue.get("address")}
    found = location_of(place, "latitude", "longitude", name="title", address="at")
    return Content("location", location=found)


def _location(message: dict[str, Any]) -> Content:
    place = dict_of(message, "location")
    return Content(
        "location", location=location_of(place, "latitude", "longitude", name=None, address=None)
    )


def _contact(message: dict[str, Any]) -> Content:
    return Content("contacts", full_name(dict_of(message, "contact")) or "")


_READERS: dict[str, Callable[[dict[str, Any]], Content]] = {
    "text": _text,
    "live_photo": lambda message: Content("unsupported", text_of(message, "caption")),
    "animation": _file("video", "animation"),
    "photo": _photo,
    "video": _file("video", "video"),
    "video_note": _file("video", "video_note"),
    "voice": _file("audio", "voice"),
    "audio": _file("audio", "audio"),
    "document": _file("document", "document"),
    "sticker": _file("sticker", "sticker"),
    "venue": _venue,
    "location": _location,
    "contact": _contact,
}
