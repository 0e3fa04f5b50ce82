"""The times that platforms write, as UTC in whole seconds; None for anything else."""

from datetime import UTC, datetime
from typing import Any

from chalicelib.channels.taming import number_of, text_of

_ABOVE_THIS_IN_MILLISECONDS = 100_000_000_000


def epoch_of(value: Any, *path: str) -> datetime | None:
    """Seconds or milliseconds since 1970, as number or text; truncated, never rounded."""
    number = number_of(value, *path)
    if number is None or number <= 0:
        return None
    seconds = number / 1000 if number > _ABOVE_THIS_IN_MILLISECONDS else number
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def iso_of(value: Any, *path: str) -> datetime | None:
    """An ISO-8601 moment; without an offset it is UTC. Truncated, never rounded."""
    try:
        moment = datetime.fromisoformat(text_of(value, *path))
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def long_form_of(value: Any, *path: str) -> datetime | None:
    """X's older way of writing: ``Mon Sep 21 14:13:20 +0000 2026``."""
    try:
        moment = datetime.strptime(text_of(value, *path), "%a %b %d %H:%M:%S %z %Y")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
