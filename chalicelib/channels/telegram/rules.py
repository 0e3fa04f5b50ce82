"""What Telegram allows, known before sending (channels.md 13).

A bot answers in the chat that it was written to. In a group everybody reads along.
"""

from chalicelib.channels.contract import Rules

NAME = "telegram"

RULES = Rules(
    longest_text=4096,
    public=True,
    quotes=True,
    one_conversation_per="author_and_root",
    private=Rules(longest_text=4096, quotes=True),
)
