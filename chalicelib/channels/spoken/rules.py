"""What can be written down of what a citizen said, and where an answer to it may go."""

from chalicelib.channels.limits import Rules

NAME = "spoken"

LONGEST_TEXT = 20_000

RULES = Rules(longest_text=LONGEST_TEXT, idempotent=True)
"""Nothing goes out here: an answer goes where the citizen said it may
(``flows/answering/elsewhere.py``)."""
