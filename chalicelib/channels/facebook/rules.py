"""What a page allows, known before sending (channels.md 5.3 and 6)."""

from datetime import timedelta

from chalicelib.channels.limits import ChoiceRules, FileRules, Rules

NAME = "facebook"

LARGEST = 25 * 1024 * 1024

FILES = FileRules(
    largest=dict.fromkeys(
        ("image/jpeg", "image/png", "video/mp4", "application/pdf"),
        LARGEST,
    ),
    longest_caption=0,
)
"""One file a message, in private, and no text beside it. The size is from a secondary source."""

CHOICES = ChoiceRules(most=13, longest_choice=20, longest_text=2000)
"""Quick replies, which go away once one is pressed (Messenger Platform, quick replies)."""

PRIVATE = Rules(
    longest_text=2000,
    window=timedelta(hours=24),
    by_hand=timedelta(days=7),
    most_parts=4,
    between_parts=timedelta(seconds=1),
    files=FILES,
    choices=CHOICES,
)
"""After a day only what a person wrote for this citizen alone: the tag ``HUMAN_AGENT``."""

RULES = Rules(
    longest_text=8000,
    public=True,
    posts=True,
    quotes=True,
    one_conversation_per="author_and_root",
    privately=timedelta(days=7),
    private=PRIVATE,
)
"""A comment is text: what is documented of Graph names no file of ours for it."""
