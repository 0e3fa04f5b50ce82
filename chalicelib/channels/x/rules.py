"""What X allows, known before sending (channels.md 8.5 and 8.6)."""

from chalicelib.channels.contract import Rules
from chalicelib.channels.x.length import weighted_length

NAME = "x"

RULES = Rules(
    longest_text=280,
    measure=weighted_length,
    public=True,
    quotes=True,
    only_if_addressed=True,
    one_conversation_per="author_and_root",
    most_parts=8,
    chains=True,
    private=Rules(longest_text=10_000),
)
