"""What Reddit allows, known before sending (channels.md 9)."""

from chalicelib.channels.limits import Rules

NAME = "reddit"

RULES = Rules(
    longest_text=10_000,
    public=True,
    quotes=True,
    only_if_addressed=True,
    one_conversation_per="author_and_root",
    most_parts=3,
    chains=True,
    private=Rules(longest_text=10_000, quotes=True),
)
"""No files: Reddit's API puts none into a comment or a private message."""
