"""News is heard, never answered."""

from chalicelib.channels.limits import Rules

NAME = "news"

RULES = Rules(
    longest_text=1, public=True, only_if_addressed=True, one_conversation_per="author_and_root"
)
