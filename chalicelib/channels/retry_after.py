"""How long a platform asks us to stay away."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(hours=24)


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """What ``Retry-After`` says, in seconds or as a moment; None when it says nothing useful."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:9])), LONGEST)
    until, now = _moment(said), _moment(headers.get("date", ""))
    # Only the platform's own clock tells how far away its moment is.
    return None if until is None or now is None else max(timedelta(), min(until - now, LONGEST))


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
