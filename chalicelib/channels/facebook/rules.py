"""What a page allows, known before sending (channels.md 5.3 and 6)."""

from datetime import timedelta

from chalicelib.channels.contract import Rules

NAME = "facebook"

PRIVATE = Rules(longest_text=2000, window=timedelta(hours=24), by_hand=timedelta(days=7))
"""After a day only what a person wrote for this citizen alone: the tag ``HUMAN_AGENT``."""

RULES = Rules(
    longest_text=8000,
    public=True,
    quotes=True,
    one_conversation_per="author_and_root",
    privately=timedelta(days=7),
    private=PRIVATE,
)
