"""PURE: one element of ``messaging[]``, which Messenger and Instagram share (channels.md 5.2, 7).

    message · postback · reaction · message_edit      what a citizen does
    delivery · read                                   receipts of our own answers
    echoes and everything else                        for nobody

``standby[]`` holds the same while another app owns the conversation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chalicelib.channels.gathering import Gathering
from chalicelib.channels.meta_content import content_of
from chalicelib.channels.moments import epoch_of
from chalicelib.channels.taming import (
    dict_of,
    id_of,
    items_of,
    number_of,
    text_of,
    value_of,
)
from chalicelib.domain.message import Message, Receipt, ReceiptState


@dataclass(frozen=True, slots=True)
class Ours:
    """Our account of an entry, and every id that we ourselves may write under."""

    account: str | None
    ids: frozenset[str]

    def wrote(self, author: str | None) -> bool:
        """Whether this is one of our own ids."""
        return author in self.ids


def ours_in(entry: Any, account: str) -> Ours:
    """Who we are in this entry; ``account`` is whom it was delivered to."""
    own = id_of(entry, "id")
    return Ours(own, frozenset(id for id in (own, account) if id))


def gather_direct(element: Any, ours: Ours, found: Gathering) -> None:
    """Everything that this element says, or that it says nothing."""
    part = next((name for name in _READERS if isinstance(value_of(element, name), dict)), None)
    if part is None:
        found.ignore(_name_of_event(element))
    elif ours.wrote(id_of(element, "sender", "id")):
        _gather_echo(element, found)
    else:
        _READERS[part](element, ours, found)


def _name_of_event(element: Any) -> str:
    usual = {"sender", "recipient", "timestamp"}
    names = sorted(set(element) - usual) if isinstance(element, dict) else []
    return f"event {names[0][:40]!r}" if names else "no event"


def _gather_echo(element: Any, found: Gathering) -> None:
    """Our own answer comes back, which proves that the platform has it."""
    message = dict_of(element, "message")
    mid, reply_id = id_of(message, "mid"), id_of(message, "metadata")
    if mid and reply_id:
        at = epoch_of(element, "timestamp")
        found.note(Receipt(external_id=mid, state="sent", timestamp=at, reply_id=reply_id))
    found.ignore("our own")


def _gather_message(element: Any, ours: Ours, found: Gathering) -> None:
    message = dict_of(element, "message")
    if value_of(message, "is_echo") is True:
        _gather_echo(element, found)
    elif value_of(message, "is_self") is True:
        found.ignore("to ourselves")
    elif id_of(message, "mid") is None:
        found.ignore("message without id")
    elif value_of(message, "is_deleted") is True:
        found.add(_deleted(element, ours))
    else:
        found.add(_message(element, ours))


def _message(element: Any, ours: Ours) -> Message:
    message = dict_of(element, "message")
    content = content_of(message)
    story = value_of(message, "reply_to", "story")
    return Message(
        external_id=id_of(message, "mid") or "",
        author_id=id_of(element, "sender", "id"),
        text=content.text,
        kind=content.kind,
        media_count=len(content.media),
        media=content.media,
        location=content.location,
        reply_to=id_of(story, "id") or id_of(message, "reply_to", "mid"),
        timestamp=epoch_of(element, "timestamp"),
        account=ours.account,
    )


def _deleted(element: Any, ours: Ours) -> Message:
    return Message(
        external_id=id_of(element, "message", "mid") or "",
        author_id=id_of(element, "sender", "id"),
        text="",
        kind="deleted",
        timestamp=epoch_of(element, "timestamp"),
        account=ours.account,
    )


def _gather_postback(element: Any, ours: Ours, found: Gathering) -> None:
    mid = id_of(element, "postback", "mid")
    if mid is None:
        found.ignore("postback without id")
        return
    found.add(
        Message(
            external_id=mid,
            author_id=id_of(element, "sender", "id"),
            text=text_of(element, "postback", "title"),
            kind="interactive",
            timestamp=epoch_of(element, "timestamp"),
            account=ours.account,
        )
    )


def _gather_reaction(element: Any, ours: Ours, found: Gathering) -> None:
    author, target = id_of(element, "sender", "id"), id_of(element, "reaction", "mid")
    if author is None or target is None:
        found.ignore("reaction to nothing")
        return
    removed = text_of(element, "reaction", "action") == "unreact"
    found.add(
        Message(
            external_id=f"reaction:{target}:{author}",
            author_id=author,
            text="" if removed else text_of(element, "reaction", "emoji"),
            kind="reaction",
            reply_to=target,
            timestamp=epoch_of(element, "timestamp"),
            account=ours.account,
        )
    )


def _gather_edit(element: Any, ours: Ours, found: Gathering) -> None:
    edit = dict_of(element, "message_edit")
    mid, text = id_of(edit, "mid"), value_of(edit, "text")
    is_first_version = number_of(edit, "num_edit") == 0 and not text
    if mid is None or is_first_version or not isinstance(text, str):
        found.ignore("edit of nothing")
        return
    found.add(
        Message(
            external_id=mid,
            author_id=id_of(element, "sender", "id"),
            text=text_of(edit, "text"),
            kind="edited",
            timestamp=epoch_of(element, "timestamp"),
            account=ours.account,
        )
    )


def _gather_receipt(part: str, state: ReceiptState) -> Callable[[Any, Ours, Gathering], None]:
    def read(element: Any, ours: Ours, found: Gathering) -> None:
        mark = dict_of(element, part)
        at = epoch_of(element, "timestamp")
        told = [
            Receipt(external_id=id, state=state, timestamp=at, account=ours.account)
            for id in _ids_in(mark) or _up_to(element, mark)
        ]
        if not told:
            found.ignore(f"{part} of nothing")
            return
        found.add_status(told[0])
        for further in told[1:]:
            found.note(further)

    return read


def _ids_in(mark: Any) -> list[str]:
    named = (id_of(one) for one in [*items_of(mark, "mids"), value_of(mark, "mid")])
    return list(dict.fromkeys(id for id in named if id))


def _up_to(element: Any, mark: Any) -> list[str]:
    """A watermark names no answer: all that this citizen was sent until then."""
    watermark, reader = id_of(mark, "watermark"), id_of(element, "sender", "id")
    return [f"until:{watermark}:{reader}"] if watermark and reader else []


_READERS: dict[str, Callable[[Any, Ours, Gathering], None]] = {
    "message": _gather_message,
    "message_edit": _gather_edit,
    "postback": _gather_postback,
    "reaction": _gather_reaction,
    "delivery": _gather_receipt("delivery", "delivered"),
    "read": _gather_receipt("read", "read"),
}
