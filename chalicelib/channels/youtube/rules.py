"""What YouTube allows, known before sending (channels.md 10). Comments are public, all of them."""

from chalicelib.channels.limits import Rules

NAME = "youtube"

RULES = Rules(
    longest_text=10_000,
    public=True,
    quotes=True,
    only_if_addressed=True,
    one_conversation_per="author_and_root",
)
"""No files: the API's comments are text."""
