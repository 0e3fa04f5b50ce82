"""PURE: one submission of our own web form to one message (channels.md 15)."""

from typing import Any

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.form.rules import LONGEST_TEXT
from chalicelib.channels.moments import iso_of
from chalicelib.channels.own_pages import files_in
from chalicelib.channels.taming import (
    id_of,
    list_of,
    location_of,
    name_of,
    read_object,
    text_of,
    text_within,
    value_of,
)
from chalicelib.domain.message import Message, Parsed
from chalicelib.errors import BadPayload


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """The one message in these bytes. Raises ``BadPayload`` when there is none."""
    del settings  # there is one form; nothing in a submission depends on ours
    return Parsed(messages=(_message(read_object(raw.body)),))


def _message(body: dict[str, Any]) -> Message:
    submission_id = _submission_id(body)
    return Message(
        external_id=submission_id,
        author_id=_author_id(body, submission_id),
        author_name=name_of(body, "name"),
        title=name_of(body, "subject"),
        text=text_within(body, "message", LONGEST_TEXT),
        kind="form",
        media_count=sum(1 for file in list_of(body, "attachments") if id_of(file, "key")),
        media=files_in(body),
        location=location_of(value_of(body, "location"), "lat", "lon", name=None),
        timestamp=iso_of(body, "submitted_at"),
    )


def _submission_id(body: dict[str, Any]) -> str:
    found = id_of(body, "submission_id")
    if found is None:
        # Without it a double click cannot be told from two reports. The page always sends it.
        raise BadPayload("form without submission_id")
    return found


def _author_id(body: dict[str, Any], submission_id: str) -> str:
    mailbox = text_of(body, "email").strip().lower()
    return mailbox or text_of(body, "phone").strip() or f"form:{submission_id}"
