"""What Instagram allows, known before sending (channels.md 7)."""

from datetime import timedelta

from chalicelib.channels.contract import Rules

NAME = "instagram"


def bytes_of(text: str) -> int:
    """Private messages are measured in bytes of UTF-8."""
    return len(text.encode(errors="replace"))


RULES = Rules(
    longest_text=2200,
    public=True,
    quotes=True,
    one_conversation_per="author_and_root",
    privately=timedelta(days=7),
    private=Rules(
        longest_text=1000,
        measure=bytes_of,
        window=timedelta(hours=24),
        by_hand=timedelta(days=7),
        most_parts=4,
        between_parts=timedelta(seconds=1),
    ),
)
"""The length of a comment is the app's own limit; Meta gives none for its API."""
