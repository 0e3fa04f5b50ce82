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


def until_reset(headers: Mapping[str, str], name: str, otherwise: timedelta) -> timedelta:
    """How far away the epoch second in this header is, by the platform's own clock."""
    said, now = headers.get(name, "").strip(), _moment(headers.get("date", ""))
    if now is None or not (said.isascii() and said.isdigit()):
        return otherwise
    wait = timedelta(seconds=int(said[:12]) - int(now.timestamp()))
    return max(timedelta(), min(wait, LONGEST))


def until_moment(headers: Mapping[str, str], name: str, otherwise: timedelta) -> timedelta:
    """How far away the ISO moment in this header is, by the platform's own clock."""
    now = _moment(headers.get("date", ""))
    try:
        until = datetime.fromisoformat(headers.get(name, ""))
        return otherwise if now is None else max(timedelta(), min(until - now, LONGEST))
    except (ValueError, TypeError):  # no moment, or one without an offset
        return otherwise


def seconds_left(headers: Mapping[str, str], name: str, otherwise: timedelta) -> timedelta:
    """The seconds that this header counts down, fractions included."""
    try:
        seconds = float(headers.get(name, ""))
        return max(timedelta(), min(timedelta(seconds=seconds), LONGEST))
    except (ValueError, OverflowError):
        return otherwise


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
