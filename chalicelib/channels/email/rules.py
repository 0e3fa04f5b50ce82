"""What mail allows, known before sending (channels.md 14)."""

from chalicelib.channels.contract import Rules

NAME = "email"

LONGEST_TEXT = 50_000
"""Characters. A bound of our own, far below the 40 MB that SES takes."""

RULES = Rules(longest_text=LONGEST_TEXT, quotes=True, one_conversation_per="author_and_root")
"""What one citizen writes in one thread of mails belongs together. Nothing of it is public."""
