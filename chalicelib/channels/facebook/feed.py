"""PURE: one element of a page's ``changes[]``: comments, visitors' posts, mentions, reviews.

Meta publishes no samples of these any more, only names (channels.md 6), so this is tolerant: what
names no id is ignored, everything else that a citizen wrote is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.channels.gathering import Gathering
from chalicelib.channels.meta_direct import Ours
from chalicelib.channels.moments import epoch_of, iso_of
from chalicelib.channels.taming import dict_of, id_of, items_of, name_of, text_of
from chalicelib.domain.media import Media, MediaKind
from chalicelib.domain.message import Message, MessageKind

Value = dict[str, Any]

POSTS = frozenset({"post", "status", "photo", "video", "share"})
EDITED = ("edited", "edit", "update")
REMOVED = ("remove", "delete")
SILENT = frozenset({"like", "reaction"})
"""Items with which nobody says anything."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: its own id, the root that it stands under, what it answers."""

    kind: MessageKind
    id: str | None
    root: str | None
    answers: str | None = None


def gather_change(change: Any, ours: Ours, found: Gathering) -> None:
    """What somebody wrote, or that it is nothing for an agent."""
    value, field = dict_of(change, "value"), text_of(change, "field")
    read = _READERS.get(field)
    written = read(value) if read else None
    kind = _kind_by_verb(written, value.get("verb")) if written else None
    if written is None or written.id is None or kind is None:
        found.ignore(_why(field, value))
    elif ours.wrote(_author_of(value)):
        found.ignore("our own")
    else:
        found.add(_message(value, written, kind, ours))


def _why(field: str, value: Value) -> str:
    words = (field, text_of(value, "item"), text_of(value, "verb"))
    return f"change {' '.join(word[:40] for word in words)!r}"


def _kind_by_verb(written: Written, verb: Any) -> MessageKind | None:
    if verb is None or verb == "add":  # what is only told of was written
        return written.kind
    if verb in EDITED:
        return "edited"
    return "deleted" if verb in REMOVED else None


def _in_feed(value: Value) -> Written | None:
    item, post = text_of(value, "item"), id_of(value, "post_id")
    if item == "comment":
        return _comment(value, "comment", post)
    if item in POSTS:
        id = post or id_of(value, f"{item}_id")
        return Written("comment", id, root=id)
    if item == "mention":
        return _in_mention(value)
    return _in_ratings(value) if item == "rating" else None


def _in_mention(value: Value) -> Written | None:
    item, post = text_of(value, "item"), id_of(value, "post_id")
    if item in SILENT:
        return None
    if item == "comment":
        return _comment(value, "mention", post)
    return Written("mention", post, root=post)


def _in_ratings(value: Value) -> Written | None:
    item, story = text_of(value, "item"), id_of(value, "open_graph_story_id")
    if item == "comment":
        return _comment(value, "comment", story or id_of(value, "post_id"))
    return Written("review", story, root=story) if item in ("", "rating") else None


def _comment(value: Value, kind: MessageKind, root: str | None) -> Written:
    id = id_of(value, "comment_id")
    return Written(kind, id, root=root or id, answers=id_of(value, "parent_id") or root)


def _message(value: Value, written: Written, kind: MessageKind, ours: Ours) -> Message:
    gone = kind == "deleted"
    media = () if gone else _media_of(value)
    shows_file = not gone and text_of(value, "item") in ("photo", "video")
    return Message(
        external_id=written.id or "",
        author_id=_author_of(value),
        author_name=_name_of(value),
        text="" if gone else text_of(value, "message") or text_of(value, "review_text"),
        kind=kind,
        media_count=max(len(media), int(shows_file)),
        media=media,
        reply_to=written.answers,
        timestamp=_moment_of(value, edited=kind == "edited"),
        account=ours.account,
        thread=written.root,
    )


def _author_of(value: Value) -> str | None:
    ids = (id_of(value, "from", "id"), id_of(value, "sender_id"), id_of(value, "reviewer_id"))
    return next((id for id in ids if id), None)


def _name_of(value: Value) -> str | None:
    named = (("from", "name"), ("sender_name",), ("reviewer_name",))
    return next((name for path in named if (name := name_of(value, *path))), None)


def _media_of(value: Value) -> tuple[Media, ...]:
    """Each file once. A photo or video that a visitor posts has its address under ``link``."""
    item = text_of(value, "item")
    kind: MediaKind = "video" if item == "video" else "image"
    urls: dict[str, MediaKind] = {}
    for photo in [*items_of(value, "photos"), value.get("photo")]:
        urls |= {url: "image"} if (url := name_of(photo)) else {}
    if video := name_of(value, "video"):
        urls[video] = "video"
    if item in ("photo", "video") and not urls and (link := name_of(value, "link")):
        urls[link] = kind
    return tuple(Media(kind=of, url=url) for url, of in urls.items())


def _moment_of(value: Value, *, edited: bool) -> datetime | None:
    """When it was done. An edit keeps the moment of writing beside that of the change."""
    names = ("edited_time", "created_time") if edited else ("created_time",)
    moments = (epoch_of(value, name) or iso_of(value, name) for name in names)
    return next((moment for moment in moments if moment), None)


_READERS: dict[str, Callable[[Value], Written | None]] = {
    "feed": _in_feed,
    "mention": _in_mention,
    "ratings": _in_ratings,
}
