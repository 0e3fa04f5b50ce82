"""PURE: WhatsApp's webhook bytes to messages and receipts (channels.md 4).

    body ─▶ entry[] ─▶ changes[] ─▶ value ─▶ messages[] and statuses[]

The platform mixes accounts in one delivery, so each element carries the account of its value.
"""

import hashlib
import json
from typing import Any, get_args

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.meta_entries import entries_of
from chalicelib.channels.moments import epoch_of
from chalicelib.channels.taming import dict_of, id_of, items_of, text_of
from chalicelib.channels.whatsapp.codes import reason_of
from chalicelib.channels.whatsapp.content import content_of, original_id
from chalicelib.channels.whatsapp.people import People, people_of
from chalicelib.domain.message import Message, Parsed, Receipt, ReceiptState

_STATES: dict[str, ReceiptState] = {
    state: state for state in get_args(ReceiptState) if state != "unknown"
}


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """Everything in these bytes. Raises ``BadPayload`` when they are no JSON object."""
    del settings  # each value names its own account
    found = Gathering()
    for entry in entries_of(raw, "whatsapp_business_account", found):
        _gather_entry(entry, found)
    return found.parsed()


def _gather_entry(entry: Any, found: Gathering) -> None:
    changes = items_of(entry, "changes")
    if not changes:
        found.ignore("entry without changes")
    for change in changes:
        if text_of(change, "field") == "messages":
            _gather_value(dict_of(change, "value"), found)
        else:
            found.ignore(f"field {text_of(change, 'field')[:40]!r}")


def _gather_value(value: dict[str, Any], found: Gathering) -> None:
    messages, statuses = items_of(value, "messages"), items_of(value, "statuses")
    if not messages and not statuses:
        found.ignore("errors only" if value.get("errors") else "nothing in it")
    people = people_of(value)
    for element in messages:
        _gather_message(element, value, people, found)
    for element in statuses:
        _gather_status(element, value, found)


def _gather_message(element: Any, value: dict[str, Any], people: People, found: Gathering) -> None:
    if id_of(element, "id") is None and not text_of(element, "type"):
        found.ignore("message without id and type")
    elif people.wrote_ourselves(element):
        found.ignore("our own message")
    else:
        found.add(_message(element, value, people))


def _message(element: Any, value: dict[str, Any], people: People) -> Message:
    content = content_of(element)
    author_id, author_name = people.writer_of(element)
    return Message(
        external_id=original_id(element) or id_of(element, "id") or _digest(element),
        author_id=author_id,
        author_name=author_name,
        text=content.text,
        kind=content.kind,
        media_count=len(content.media),
        media=content.media,
        location=content.location,
        reply_to=id_of(element, "reaction", "message_id") or id_of(element, "context", "id"),
        timestamp=epoch_of(element, "timestamp"),
        account=_account(value),
        aliases=people.aliases_of(element),
    )


def _digest(element: Any) -> str:
    """A message without an id is kept all the same; what is written in it makes it unique."""
    written = json.dumps(element, sort_keys=True, separators=(",", ":"))
    return "digest:" + hashlib.sha256(written.encode()).hexdigest()[:32]


def _gather_status(element: Any, value: dict[str, Any], found: Gathering) -> None:
    external_id, word = id_of(element, "id"), text_of(element, "status")
    if external_id is None or not word:
        found.ignore("status without id or value")
        return
    error = _first_error(element) or _first_error(value)
    code = id_of(error, "code")
    state = _STATES.get(word, "unknown")
    found.add_status(
        Receipt(
            external_id=external_id,
            state=state,
            timestamp=epoch_of(element, "timestamp"),
            reply_id=id_of(element, "biz_opaque_callback_data"),
            code=word if state == "unknown" else code,
            reason=reason_of(code, text_of(error, "title")) if code else None,
            account=_account(value),
        )
    )


def _first_error(holder: Any) -> dict[str, Any]:
    return next((dict_of(error) for error in items_of(holder, "errors")), {})


def _account(value: dict[str, Any]) -> str | None:
    return id_of(value, "metadata", "phone_number_id")
