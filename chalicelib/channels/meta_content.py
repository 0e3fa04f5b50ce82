"""PURE: what a private message on Messenger or Instagram says: kind, text, files, place."""

from collections.abc import Iterator
from typing import Any

from chalicelib.channels.content import Content
from chalicelib.channels.taming import (
    dict_of,
    id_of,
    items_of,
    location_of,
    name_of,
    text_of,
    value_of,
)
from chalicelib.domain.media import Media, MediaKind
from chalicelib.domain.message import Location, MessageKind

FILES: dict[str, MediaKind] = {
    "image": "image",
    "audio": "audio",
    "video": "video",
    "file": "document",
    "sticker": "sticker",
    "reel": "video",
    "ig_reel": "video",
    "post": "image",
    "ig_post": "image",
    "share": "image",
    "story": "image",
    "ig_story": "image",
    "story_mention": "image",
}
"""Attachments that hold a file, and what it shows (channels.md 2 and 5.2)."""


def content_of(message: Any) -> Content:
    """What this message says; ``unsupported`` when it says nothing that we can show."""
    text, attachments = text_of(message, "text"), attachments_of(message)
    media = tuple(file for one in attachments if (file := _file_of(one)))
    kind = _kind_of(message, attachments)
    location = _place_of(attachments[0]) if kind == "location" else None
    return Content(kind, text, media, location)


def attachments_of(message: Any) -> list[dict[str, Any]]:
    """The attachments, each sticker once: it used to come as an image too, under the same id."""
    found = [one for one in items_of(message, "attachments") if text_of(one, "type")]
    stickers = {_sticker_id(one) for one in found if one["type"] == "sticker"} - {None}
    return list(_each_once(found, stickers))


def _each_once(
    attachments: list[dict[str, Any]], stickers: set[str | None]
) -> Iterator[dict[str, Any]]:
    shown = set[str | None]()
    for one in attachments:
        id = _sticker_id(one)
        if one["type"] in ("image", "sticker") and id in stickers:
            if one["type"] == "image" or id in shown:
                continue
            shown.add(id)
        yield one


def _sticker_id(attachment: Any) -> str | None:
    return id_of(attachment, "payload", "sticker_id")


def _kind_of(message: Any, attachments: list[dict[str, Any]]) -> MessageKind:
    if value_of(message, "reply_to", "story") is not None:
        return "story_reply"
    if value_of(message, "quick_reply") is not None:
        return "interactive"
    if value_of(message, "is_unsupported") is True:
        return "unsupported"
    if attachments:
        return _kind_of_attachment(attachments[0]["type"], text_of(message, "text"))
    return "text" if isinstance(value_of(message, "text"), str) else "unsupported"


def _kind_of_attachment(word: str, text: str) -> MessageKind:
    match word:
        case "story_mention" | "location":
            return word
        case "fallback":  # a link that was made into a card; the link itself stands in the text
            return "text" if text else "unsupported"
        case _:
            return FILES.get(word, "unsupported")


def _file_of(attachment: dict[str, Any]) -> Media | None:
    kind, url = FILES.get(attachment["type"]), name_of(attachment, "payload", "url")
    return Media(kind=kind, url=url) if kind and url else None


def _place_of(attachment: dict[str, Any]) -> Location | None:
    place = dict_of(attachment, "payload", "coordinates")
    return location_of(place, "lat", "long", name=None, address=None)
