"""PURE: what a colleague wrote down of what a citizen said, to one message.

{"message_id", "way": "phone" | "counter" | "street", "text", "written_by",
 "handle"?, "name"?, "said_at"?, "answer_to"?}

``handle`` is by whom we know the speaker again: their number, address, or the contact that a
colleague recognised; without one they are somebody new. ``answer_to`` is the way that the citizen
gave for an answer (``domain/spoken.py``).
"""

from typing import Any, get_args

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.moments import iso_of
from chalicelib.channels.spoken.rules import LONGEST_TEXT
from chalicelib.channels.taming import id_of, name_of, read_object, text_of, text_within
from chalicelib.domain.message import Message, Parsed
from chalicelib.domain.spoken import WayOfSpeaking
from chalicelib.errors import BadPayload

KINDS: dict[str, WayOfSpeaking] = {way: way for way in get_args(WayOfSpeaking)}


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """The one message in these bytes. Raises ``BadPayload`` when there is none."""
    del settings  # nothing that is said depends on ours
    return Parsed(messages=(_message(read_object(raw.body)),))


def _message(body: dict[str, Any]) -> Message:
    id, way = id_of(body, "message_id"), KINDS.get(text_of(body, "way"))
    if id is None or way is None:
        raise BadPayload("spoken without message_id or way")
    return Message(
        external_id=id,
        author_id=id_of(body, "handle") or id,
        author_name=name_of(body, "name"),
        text=text_within(body, "text", LONGEST_TEXT),
        kind=way,
        timestamp=iso_of(body, "said_at"),
        written_by=name_of(body, "written_by"),
        answer_with=text_of(body, "answer_to") or None,
    )
