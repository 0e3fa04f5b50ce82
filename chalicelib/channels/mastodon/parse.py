"""PURE: a page of Mastodon to messages (channels.md 11).

    [{"id", "type": "mention", "status": {…}}, …]     notifications
    [{…}, …]                                          posts that were asked for again

The id of a message is that of the post, not of the notification. A private message is a post for
the people that it names.
"""

from typing import Any

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.html_text import text_of_html
from chalicelib.channels.looking_again import asked_for, gather_gone
from chalicelib.channels.mastodon.files import media_of
from chalicelib.channels.moments import iso_of
from chalicelib.channels.taming import dict_of, id_of, list_of, name_of, read_json, text_of
from chalicelib.domain.message import Message, MessageKind, Parsed
from chalicelib.errors import BadPayload

PRIVATE = "direct"


SEARCH = "/api/v2/search"


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """Everything in these bytes. Raises ``BadPayload`` for a refusal, or what is no list."""
    if not 200 <= raw.response_status < 300:  # noqa: PLR2004
        raise BadPayload("the platform refused", status=raw.response_status)
    elements = read_list(raw.body)
    found = Gathering()
    asked = asked_for(raw, "/statuses", "id[]")
    for element in elements:
        if asked or SEARCH in text_of(dict(raw.request), "line"):
            _keep(dict_of(element), {}, settings.account, found)
        else:
            _gather(element, settings.account, found)
    gather_gone(asked, (id for one in elements if (id := id_of(one, "id"))), found)
    return found.parsed()


def read_list(body: bytes) -> list[Any]:
    """The list in these bytes, or what was found. Raises ``BadPayload``; a refusal is an object."""
    page = read_json(body)
    page = page.get("statuses", page) if isinstance(page, dict) else page
    if not isinstance(page, list):
        raise BadPayload("not a list", said=text_of(page, "error")[:80])
    return page


def _gather(notification: Any, own: str, found: Gathering) -> None:
    kind = text_of(notification, "type")
    if kind in ("mention", "quote"):
        _keep(dict_of(notification, "status"), notification, own, found)
    else:
        found.ignore(f"notification {kind[:40]!r}")


def _keep(status: dict[str, Any], notification: Any, own: str, found: Gathering) -> None:
    id = id_of(status, "id")
    writer = dict_of(status, "account") or dict_of(notification, "account")
    if id is None:
        found.ignore("post without an id")
    elif own and id_of(writer, "id") == own:
        found.ignore("our own")
    else:
        found.add(_message(id, status, notification, writer, own))


def _message(
    id: str, status: dict[str, Any], notification: Any, writer: dict[str, Any], own: str
) -> Message:
    kind = _kind(status, notification, own)
    answered = id_of(status, "in_reply_to_id")
    files = media_of(status)
    return Message(
        external_id=id,
        author_id=id_of(writer, "id"),
        author_name=name_of(writer, "display_name") or name_of(writer, "acct"),
        text=_text(status),
        kind=kind,
        timestamp=iso_of(status, "created_at") or iso_of(notification, "created_at"),
        media_count=len([one for one in list_of(status, "media_attachments") if dict_of(one)]),
        media=files,
        reply_to=_quoted(status) if kind == "quote" else answered,
        thread=None if text_of(status, "visibility") == PRIVATE else answered or id,
        edited_at=iso_of(status, "edited_at"),
    )


def _kind(status: dict[str, Any], notification: Any, own: str) -> MessageKind:
    if text_of(notification, "type") == "quote":
        return "quote"
    return "reply" if own and id_of(status, "in_reply_to_account_id") == own else "mention"


def _quoted(status: dict[str, Any]) -> str | None:
    return id_of(status, "quote", "quoted_status", "id") or id_of(
        status, "quote", "quoted_status_id"
    )


def _text(status: dict[str, Any]) -> str:
    parts = (text_of(status, "spoiler_text"), text_of_html(text_of(status, "content")))
    return "\n\n".join(part for part in parts if part)
