"""What our own chat allows (channels.md 15). Answers are shown on the citizen's own page."""

from chalicelib.channels.contract import Rules

NAME = "chat"

LONGEST_TEXT = 20_000

RULES = Rules(longest_text=LONGEST_TEXT, idempotent=True, on_our_page=True)
