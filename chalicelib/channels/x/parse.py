"""PURE: X's bytes to messages and receipts (channels.md 8). They come in three notations.

activity.py   {"data": {event_type, payload}}           the Activity API, one event or more
older.py      {"for_user_id", tweet_create_events, …}   the Account Activity API
pages.py      {"data": […], "includes", "meta"}         what we read ourselves
"""

from typing import Any

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.taming import items_of, read_json
from chalicelib.channels.x.activity import gather_event
from chalicelib.channels.x.older import gather_older
from chalicelib.channels.x.pages import gather_page
from chalicelib.domain.message import Parsed
from chalicelib.errors import BadPayload


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """Everything in these bytes. Raises ``BadPayload`` when they are none of the three."""
    found = Gathering()
    if raw.transport == "poll":
        gather_page(raw, settings.account, found)
        return found.parsed()
    for body in _bodies(read_json(raw.body)):
        if "data" in body:
            _gather_events(body, settings.account, found)
        else:
            gather_older(body, settings.account, found)
    return found.parsed()


def _bodies(value: Any) -> list[dict[str, Any]]:
    """One object, or a list of objects; the platform reserves the right to send both."""
    bodies = value if isinstance(value, list) and value else [value]
    if not all(isinstance(body, dict) for body in bodies):
        raise BadPayload("body is not a JSON object", found=type(value).__name__)
    return bodies


def _gather_events(body: dict[str, Any], own: str, found: Gathering) -> None:
    events = items_of(body, "data")
    if not events:
        found.ignore("nothing in it")
    for event in events:
        gather_event(event, own, found)
