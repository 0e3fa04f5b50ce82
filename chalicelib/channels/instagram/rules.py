"""What Instagram allows, known before sending (channels.md 7)."""

from datetime import timedelta

from chalicelib.channels.limits import ChoiceRules, FileRules, Rules

NAME = "instagram"


def bytes_of(text: str) -> int:
    """Private messages are measured in bytes of UTF-8."""
    return len(text.encode(errors="replace"))


_MB = 1_000_000

FILES = FileRules(
    largest={"image/jpeg": 8 * _MB, "image/png": 8 * _MB, "video/mp4": 25 * _MB},
    longest_caption=0,
)
"""One file a message, in private, and no text beside it. The sizes are from a secondary source."""

CHOICES = ChoiceRules(most=13, longest_choice=20, longest_text=1000)
"""Quick replies, which go away once one is pressed (Messenger Platform, quick replies)."""

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
        files=FILES,
        choices=CHOICES,
    ),
)
"""The length of a comment is the app's own limit; Meta gives none for its API. It is text."""
