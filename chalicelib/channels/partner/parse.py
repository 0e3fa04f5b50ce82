"""PURE: one report of another body or company to one message (docs/channels/partner.md).

{"report_id", "message", "organisation"?, "subject"?, "location"?: {"lat", "lon", "address"?},
 "reported_at"?}

The partner is the author, whoever over there wrote it: of citizens only what the text itself says.
"""

from typing import Any

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.moments import iso_of
from chalicelib.channels.partner.rules import LONGEST_TEXT
from chalicelib.channels.taming import (
    id_of,
    location_of,
    name_of,
    read_object,
    text_within,
    value_of,
)
from chalicelib.domain.message import Message, Parsed
from chalicelib.errors import BadPayload


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """The one report in these bytes. Raises ``BadPayload`` when there is none."""
    return Parsed(messages=(_message(read_object(raw.body), settings.account),))


def _message(body: dict[str, Any], account: str) -> Message:
    id = id_of(body, "report_id")
    if id is None:
        # Without it a second delivery cannot be told from a second report.
        raise BadPayload("a report without report_id")
    return Message(
        external_id=id,
        author_id=account,
        author_name=name_of(body, "organisation") or account,
        title=name_of(body, "subject"),
        text=text_within(body, "message", LONGEST_TEXT),
        kind="form",
        location=location_of(value_of(body, "location"), "lat", "lon", name=None),
        timestamp=iso_of(body, "reported_at"),
    )
