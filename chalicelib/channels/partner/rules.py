"""What another body or company reports: how long it may be. Answers stand on a page of ours."""

from chalicelib.channels.limits import Rules

NAME = "partner"

LONGEST_TEXT = 20_000

RULES = Rules(longest_text=LONGEST_TEXT, idempotent=True, one_conversation_per="message")
