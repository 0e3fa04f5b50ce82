"""The filter of the queue and the place in it, as an address has them."""

import base64
import binascii
from urllib.parse import urlencode

from chalicelib.domain.queue_filter import SHOWS, QueueFilter
from chalicelib.errors import InvalidInput
from chalicelib.web.requests import Fields


def filter_in(query: Fields) -> QueueFilter:
    """What an address or a form asks for; what cannot be read is no limit."""
    wait = query.get("wacht", "")
    return QueueFilter(
        show=next((one for one in SHOWS if one == query.get("toon")), "alles"),
        channel=query.get("kanaal", ""),
        topic=query.get("onderwerp", ""),
        lang=query.get("taal", ""),
        unit=query.get("eenheid", ""),
        area=query.get("gebied", ""),
        waiting=int(wait) if wait.isascii() and wait.isdigit() else 0,
        closing=query.get("sluit") == "ja",
        late=query.get("laat") == "ja",
        skilled=query.get("past") == "ja",
    )


def as_query(wanted: QueueFilter, **other: str) -> str:
    """The same as an address has it."""
    found = {
        "toon": wanted.show,
        "kanaal": wanted.channel,
        "onderwerp": wanted.topic,
        "taal": wanted.lang,
        "eenheid": wanted.unit,
        "gebied": wanted.area,
        "wacht": str(wanted.waiting or ""),
        "sluit": "ja" if wanted.closing else "",
        "laat": "ja" if wanted.late else "",
        "past": "ja" if wanted.skilled else "",
        **other,
    }
    return urlencode({name: value for name, value in found.items() if value})


def write_cursor(order: str) -> str:
    return base64.urlsafe_b64encode(order.encode()).decode()


def read_cursor(cursor: str | None) -> str:
    """Where to go on. Raises ``InvalidInput`` when the cursor is not ours."""
    try:
        return base64.urlsafe_b64decode(cursor or "").decode()
    except (binascii.Error, ValueError):
        wrong = {"nl": "onbekende bladwijzer", "en": "unknown cursor"}
        raise InvalidInput("not a cursor", {"cursor": wrong}) from None
