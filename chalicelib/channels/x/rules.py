"""What X allows, known before sending (channels.md 8.5 and 8.6)."""

from dataclasses import replace

from chalicelib.channels.limits import FileRules, Rules
from chalicelib.channels.x.length import weighted_length

NAME = "x"

FILES = FileRules(
    largest=dict.fromkeys(("image/jpeg", "image/png", "image/webp"), 5_000_000),
    longest_caption=280,
    most=4,
)
"""Pictures; a film is converted first, for longer than a worker waits."""

RULES = Rules(
    longest_text=280,
    measure=weighted_length,
    public=True,
    posts=True,
    quotes=True,
    only_if_addressed=True,
    one_conversation_per="author_and_root",
    most_parts=8,
    chains=True,
    files=FILES,
    private=Rules(longest_text=10_000, files=replace(FILES, longest_caption=10_000, most=1)),
)
