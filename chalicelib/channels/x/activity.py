"""One event of X's Activity API. What we did ourselves comes back here too, and is left out."""

from typing import Any

from chalicelib.channels.gathering import Gathering
from chalicelib.channels.moments import epoch_of
from chalicelib.channels.taming import dict_of, id_of, items_of, text_of
from chalicelib.channels.x.files import described_in
from chalicelib.channels.x.people import names_in
from chalicelib.channels.x.posts import post_of
from chalicelib.channels.x.private import delivered_dm_of, encrypted_of
from chalicelib.domain.message import Message, MessageKind, Receipt

_POSTS: dict[str, MessageKind] = {
    "post.mention.create": "mention",
    "post.reply.create": "reply",
    "post.quote.create": "quote",
}


def gather_event(event: Any, own: str, found: Gathering) -> None:
    """Everything in one event; an event that we never asked for is one ignored element."""
    what, payload = text_of(event, "event_type"), dict_of(event, "payload")
    if what in _POSTS:
        names = names_in(payload) | names_in(event)
        described = {**described_in(event), **described_in(payload)}
        message = post_of(payload, _POSTS[what], names, described, _other_account(event, own))
        keep(message, own, found)
    elif what == "post.delete":
        keep(_deletion(payload), own, found)
    elif what == "dm.received":
        _gather_dms(event, payload, own, found)
    elif what == "chat.received":
        keep(encrypted_of(payload, _other_account(event, own)), own, found)
    elif what == "dm.read":
        gather_reads(items_of(payload, "direct_message_mark_read_events") or [payload], own, found)
    else:
        found.ignore(f"event {what[:40]!r}")


def keep(message: Message | None, own: str, found: Gathering) -> None:
    """Keep what a citizen did. One without an id is a bad element, one of ours an echo."""
    if message is None:
        found.ignore("element without an id")
    elif message.author_id and message.author_id in (own, message.account):
        found.ignore("our own")
    else:
        found.add(message)


def gather_reads(marks: list[Any], own: str, found: Gathering) -> None:
    """Up to where the citizen read what we sent; our own reading is no news."""
    for mark in marks:
        reader = id_of(mark, "sender_id")
        if reader and reader == own:
            found.ignore("our own reading")
            continue
        newest = id_of(mark, "last_read_event_id") or id_of(mark, "id")
        at = epoch_of(mark, "created_timestamp")
        found.add_status(
            Receipt(external_id=newest or f"read-by:{reader}", state="read", timestamp=at)
        )


def _gather_dms(event: Any, payload: dict[str, Any], own: str, found: Gathering) -> None:
    names = names_in(event) | names_in(payload)
    elements = items_of(payload, "direct_message_events")
    if not elements:
        found.ignore("no message in it")
    for element in elements:
        gather_dm(element, names, own, _other_account(event, own), found)


def gather_dm(
    element: Any, names: dict[str, str | None], own: str, account: str | None, found: Gathering
) -> None:
    """One private message; whatever else the list may hold is ignored."""
    if text_of(element, "type") in ("", "message_create"):
        keep(delivered_dm_of(element, names, account), own, found)
    else:
        found.ignore(f"private {text_of(element, 'type')[:40]!r}")


def _deletion(payload: Any) -> Message | None:
    id = id_of(payload, "id")
    if id is None:
        return None
    return Message(
        external_id=id,
        author_id=id_of(payload, "author_id"),
        text="",
        kind="deleted",
        timestamp=None,
    )


def _other_account(event: Any, own: str) -> str | None:
    """The account that the event is for, where that is not the one whose address got it."""
    filtered = id_of(event, "filter", "user_id")
    return None if filtered == own else filtered
