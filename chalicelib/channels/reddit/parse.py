"""PURE: a listing of Reddit to messages (channels.md 9).

    {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": {…}}, …]}}

t1 is a comment, t3 a submission, t4 a private message.
"""

from typing import Any

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.moments import epoch_of
from chalicelib.channels.taming import dict_of, id_of, items_of, name_of, read_object, text_of
from chalicelib.domain.message import Message, MessageKind, Parsed
from chalicelib.errors import BadPayload

COMMENT, SUBMISSION, PRIVATE = "t1", "t3", "t4"
_KIND_OF_COMMENT: dict[str, MessageKind] = {
    "username_mention": "mention",
    "comment_reply": "reply",
    "post_reply": "reply",
}
_WHO = ("author", "author_fullname")
_TAKEN_AWAY = frozenset({"[deleted]", "[removed]"})


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """Everything in these bytes. Raises ``BadPayload`` for a refusal, or what is no listing."""
    if not 200 <= raw.response_status < 300:  # noqa: PLR2004
        raise BadPayload("the platform refused", status=raw.response_status)
    listing = read_listing(raw.body)
    found = Gathering()
    own = _own(settings)
    for child in items_of(listing, "data", "children"):
        _gather(child, own, found)
    return found.parsed()


def read_listing(body: bytes) -> dict[str, Any]:
    """The listing in these bytes. Raises ``BadPayload``; Reddit refuses with status 200 too."""
    listing = read_object(body)
    if listing.get("kind") != "Listing" and "children" not in dict_of(listing, "data"):
        raise BadPayload("not a listing", said=text_of(listing, "message")[:80])
    return listing


def fullname(child: Any) -> str | None:
    """The id under which Reddit knows an element, with its kind in front."""
    kind, data = text_of(child, "kind"), dict_of(child, "data")
    id = id_of(data, "id")
    return name_of(data, "name") or (f"{kind}_{id}" if kind and id else None)


def _own(settings: AccountSettings) -> frozenset[str]:
    """Our own name and, where it is set, the id that stays when the name changes."""
    names = (settings.account, *map(settings.settings.get, ("own_name", "own_user_id")))
    return frozenset(name.casefold() for name in names if name)


def _gather(child: Any, own: frozenset[str], found: Gathering) -> None:
    kind, data, id = text_of(child, "kind"), dict_of(child, "data"), fullname(child)
    if kind not in (COMMENT, SUBMISSION, PRIVATE):
        found.ignore(f"kind {kind[:20]!r}")
    elif id is None:
        found.ignore("element without an id")
    elif not own.isdisjoint(text_of(data, name).casefold() for name in _WHO):
        found.ignore("our own")
    else:
        found.add(_message(id, kind, data))


def _message(id: str, kind: str, data: dict[str, Any]) -> Message:
    gone = text_of(data, "selftext" if kind == SUBMISSION else "body") in _TAKEN_AWAY
    author_id, author_name = _author(data)
    return Message(
        external_id=id,
        author_id=author_id,
        author_name=author_name,
        text="" if gone else _text(kind, data),
        kind="deleted" if gone else _kind(kind, data),
        timestamp=epoch_of(data, "created_utc"),
        media_count=0 if gone else _media(data),
        reply_to=id_of(data, "parent_id"),
        thread=None if kind == PRIVATE else id_of(data, "link_id") or id,
        edited_at=None if gone else epoch_of(data, "edited"),
    )


def _author(data: dict[str, Any]) -> tuple[str | None, str | None]:
    name = name_of(data, "author")
    name = None if name in _TAKEN_AWAY else name
    return id_of(data, "author_fullname") or name, name


def _kind(kind: str, data: dict[str, Any]) -> MessageKind:
    if kind == COMMENT:
        return _KIND_OF_COMMENT.get(text_of(data, "type"), "comment")
    return "mention" if kind == SUBMISSION else "text"


def _text(kind: str, data: dict[str, Any]) -> str:
    if kind != SUBMISSION:
        return text_of(data, "body")
    parts = (text_of(data, "title"), text_of(data, "selftext"))
    return "\n\n".join(part for part in parts if part)


def _media(data: dict[str, Any]) -> int:
    files = dict_of(data, "media_metadata")
    if files or data.get("is_gallery") is True:
        return len(files) or len(items_of(data, "gallery_data", "items"))
    return int(data.get("is_video") is True or text_of(data, "post_hint") == "image")
