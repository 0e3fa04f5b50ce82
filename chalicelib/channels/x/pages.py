"""A page that we read ourselves: mentions, search hits, private messages, or posts looked up again.

A page holds what could be found and, beside it, what could not: ``data`` and ``errors`` together.
"""

from typing import Any

from chalicelib.channels.contract import Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.taming import dict_of, id_of, items_of, read_object, text_of
from chalicelib.channels.x.activity import keep
from chalicelib.channels.x.files import described_in
from chalicelib.channels.x.people import Names, names_in
from chalicelib.channels.x.posts import post_of, referenced
from chalicelib.channels.x.private import polled_dm_of
from chalicelib.domain.message import Message, MessageKind
from chalicelib.errors import BadPayload

_GONE = "resource-not-found"


def gather_page(raw: Raw, own: str, found: Gathering) -> None:
    """Every element. Raises ``BadPayload`` for a refusal, or what is no page at all."""
    page = read_page(raw)
    names, described = names_in(page), described_in(page)
    for element in items_of(page, "data"):
        if "event_type" in dict_of(element):
            _gather_private(element, page, names, own, found)
        elif referenced(element, "retweeted"):
            found.ignore("repost")
        else:
            kind = _kind(element, own)
            keep(post_of(element, kind, names, described, None), own, found)
    if is_lookup(raw):
        _gather_gone(page, found)


def read_page(raw: Raw) -> dict[str, Any]:
    """The page as an object. Raises ``BadPayload``."""
    if not 200 <= raw.response_status < 300:  # noqa: PLR2004
        raise BadPayload("the platform refused", status=raw.response_status)
    page = read_object(raw.body)
    if "data" in page or "meta" in page:
        return page
    if is_lookup(raw) and any(map(_is_gone, items_of(page, "errors"))):
        return page
    raise BadPayload("not a page", title=text_of(page, "title")[:80])


def is_lookup(raw: Raw) -> bool:
    """Whether posts that we knew were asked for again by their ids."""
    _, _, address = text_of(dict(raw.request), "line").partition(" ")
    path, _, query = address.partition("?")
    return path == "/2/tweets" and "ids=" in query


def _kind(element: Any, own: str) -> MessageKind:
    return "reply" if own and id_of(element, "in_reply_to_user_id") == own else "mention"


def _gather_private(element: Any, page: Any, names: Names, own: str, found: Gathering) -> None:
    if text_of(element, "event_type") == "MessageCreate":
        keep(polled_dm_of(element, page, names), own, found)
    else:
        found.ignore(f"private {text_of(element, 'event_type')[:40]!r}")


def _is_gone(error: Any) -> bool:
    return _GONE in text_of(error, "type")


def _gather_gone(page: Any, found: Gathering) -> None:
    """Posts that are not there any more: their writers took them back."""
    for error in items_of(page, "errors"):
        id = id_of(error, "resource_id") or id_of(error, "value")
        if id and _is_gone(error):
            gone = Message(external_id=id, author_id=None, text="", kind="deleted", timestamp=None)
            found.add(gone)
