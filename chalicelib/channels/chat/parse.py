"""PURE: what a visitor's page sends to a message or a receipt (channels.md 15).

{"type": "message", "message_id", "session_id", "sent_at", "text", "name", "attachments"}
{"type": "read" | "delivered", "message_id", "session_id"}     about an answer of ours
"""

from typing import Any

from chalicelib.channels.chat.rules import LONGEST_TEXT
from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.moments import iso_of
from chalicelib.channels.own_pages import files_in
from chalicelib.channels.taming import id_of, name_of, read_object, text_of, text_within
from chalicelib.domain.message import Message, Parsed, Receipt, ReceiptState
from chalicelib.errors import BadPayload

RECEIPTS: dict[str, ReceiptState] = {"read": "read", "delivered": "delivered"}


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """The one thing in these bytes. Raises ``BadPayload`` for a message that says nothing."""
    del settings  # nothing that a visitor sends depends on ours
    body, found = read_object(raw.body), Gathering()
    kind = text_of(body, "type")
    id = id_of(body, "message_id")
    if kind == "message":
        found.add(_message(body))
    elif kind in RECEIPTS and id is not None:
        # Our own id is the only one that an answer here has.
        at = iso_of(body, "sent_at")
        found.add_status(Receipt(external_id=id, state=RECEIPTS[kind], timestamp=at, reply_id=id))
    else:
        found.ignore(f"type {kind[:60]!r}")
    return found.parsed()


def _message(body: dict[str, Any]) -> Message:
    id, session = id_of(body, "message_id"), id_of(body, "session_id")
    if id is None or session is None:
        # Without them a double click is two messages, and nobody can be answered.
        raise BadPayload("chat without message_id or session_id")
    files = files_in(body)
    return Message(
        external_id=id,
        author_id=session,
        author_name=name_of(body, "name"),
        text=text_within(body, "text", LONGEST_TEXT),
        kind="chat",
        timestamp=iso_of(body, "sent_at"),
        media_count=len(files),
        media=files,
    )
