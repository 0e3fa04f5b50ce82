"""What all deliveries of Meta look like from outside: an object of some kind, with entries."""

from typing import Any

from chalicelib.channels.contract import Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.taming import items_of, read_object, text_of


def entries_of(raw: Raw, wanted: str, found: Gathering) -> list[Any]:
    """The entries of a delivery about this kind of object; another kind is ignored as a whole.

    Raises ``BadPayload`` when the bytes are no JSON object.
    """
    body = read_object(raw.body)
    if text_of(body, "object") != wanted:
        found.ignore("another object")
        return []
    return items_of(body, "entry")
