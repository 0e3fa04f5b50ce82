"""PURE: a page of Bluesky to messages (channels.md 12).

    {"notifications": [{"uri", "reason", "author", "record", "indexedAt"}, …]}
    {"logs": [{"$type": "…#logCreateMessage", "message": {…}}, …]}   private messages
    {"posts": [{"uri"}, …]}                                          posts asked for again, or found

A post cannot be edited, so of one that is still there nothing is news.
"""

from typing import Any

from chalicelib.channels.bluesky.files import count_of, media_of
from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.looking_again import asked_for, gather_gone
from chalicelib.channels.moments import iso_of
from chalicelib.channels.taming import dict_of, id_of, items_of, name_of, read_object, text_of
from chalicelib.domain.message import Message, MessageKind, Parsed
from chalicelib.errors import BadPayload

_REASONS: dict[str, MessageKind] = {"mention": "mention", "reply": "reply", "quote": "quote"}


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """Everything in these bytes. Raises ``BadPayload`` for a refusal, or what is no page."""
    if not 200 <= raw.response_status < 300:  # noqa: PLR2004
        raise BadPayload("the platform refused", status=raw.response_status)
    page = read_object(raw.body)
    found = Gathering()
    asked = asked_for(raw, "/app.bsky.feed.getPosts", "uris")
    if asked and isinstance(page.get("posts"), list):
        _gather_round(page["posts"], asked, found)
    elif "app.bsky.feed.searchPosts" in text_of(dict(raw.request), "line"):
        for element in items_of(page, "posts"):
            _gather({**dict_of(element), "reason": "mention"}, settings.account, found)
    elif not asked and ("notifications" in page or "logs" in page):
        for element in items_of(page, "notifications"):
            _gather(element, settings.account, found)
        for element in items_of(page, "logs"):
            _gather_private(element, settings.account, found)
    else:
        raise BadPayload("not a page", said=text_of(page, "error")[:80])
    return found.parsed()


def _gather_round(posts: list[Any], asked: tuple[str, ...], found: Gathering) -> None:
    for _ in posts:
        found.ignore("still there")
    gather_gone(asked, (uri for post in posts if (uri := id_of(post, "uri"))), found)


def _gather(notification: Any, own: str, found: Gathering) -> None:
    reason, uri = text_of(notification, "reason"), id_of(notification, "uri")
    if reason not in _REASONS:
        found.ignore(f"notification {reason[:40]!r}")
    elif uri is None:
        found.ignore("notification without a post")
    elif own and id_of(notification, "author", "did") == own:
        found.ignore("our own")
    else:
        found.add(_message(uri, notification, _REASONS[reason]))


def _message(uri: str, notification: Any, kind: MessageKind) -> Message:
    author, record = dict_of(notification, "author"), dict_of(notification, "record")
    did = id_of(author, "did")
    return Message(
        external_id=uri,
        author_id=did,
        author_name=name_of(author, "displayName") or name_of(author, "handle"),
        text=text_of(record, "text"),
        kind=kind,
        timestamp=iso_of(notification, "indexedAt") or iso_of(record, "createdAt"),
        media_count=count_of(record),
        media=media_of(record, did),
        reply_to=_answered(notification, record, kind),
        thread=id_of(record, "reply", "root", "uri") or uri,
    )


def _answered(notification: Any, record: dict[str, Any], kind: MessageKind) -> str | None:
    ours = id_of(notification, "reasonSubject")
    if kind == "quote":
        quoted = dict_of(record, "embed", "record")
        return id_of(quoted, "uri") or id_of(quoted, "record", "uri") or ours
    parent = id_of(record, "reply", "parent", "uri")
    return parent or (ours if kind == "reply" else None)


def _gather_private(event: Any, own: str, found: Gathering) -> None:
    _, _, what = text_of(event, "$type").partition("#")
    message = dict_of(event, "message")
    id, sender = id_of(message, "id"), id_of(message, "sender", "did")
    if what not in ("logCreateMessage", "logDeleteMessage"):
        found.ignore(f"private {what[:40]!r}")
    elif id is None:
        found.ignore("private message without an id")
    elif own and sender == own:
        found.ignore("our own")
    else:
        gone = what == "logDeleteMessage"
        found.add(
            Message(
                external_id=id,
                author_id=sender,
                text="" if gone else text_of(message, "text"),
                kind="deleted" if gone else "text",
                timestamp=iso_of(message, "sentAt"),
            )
        )
