"""What Mastodon allows, known before sending (channels.md 11).

An answer names whom it is for, or it reaches nobody; that name takes room too.
"""

import re

from chalicelib.channels.graphemes import graphemes
from chalicelib.channels.limits import FileRules, Rules

NAME = "mastodon"

LONGEST = 500
"""Unless a server says otherwise; none that we know allows less."""

LINK = 23
ROOM_FOR_A_NAME = 32
"""``@``, at most 30 signs of a name (its server is not counted), and a space."""

_LINKS = re.compile(r"(?<![\w@./-])https?://[^\s/?#.]+\.[^\s]+", re.IGNORECASE)
_AFTER_A_LINK = ".,;:!?)'\"»”"


def length(text: str) -> int:
    """What Mastodon counts: signs as a reader sees them, and 23 for any link."""
    rest, links = _LINKS.subn(_behind_link, text)
    return LINK * links + len(graphemes(rest))


def _behind_link(link: re.Match[str]) -> str:
    found = link.group()
    return found[len(found.rstrip(_AFTER_A_LINK)) :]


FILES = FileRules(
    largest=dict.fromkeys(("image/jpeg", "image/png", "image/gif", "image/webp"), 16_000_000),
    longest_caption=LONGEST - ROOM_FOR_A_NAME,
    most=4,
)
"""Pictures, as large as servers take unless they say otherwise.

Films and sound are converted first, for longer than a worker waits.
"""

RULES = Rules(
    longest_text=LONGEST - ROOM_FOR_A_NAME,
    measure=length,
    files=FILES,
    idempotent=True,
    public=True,
    posts=True,
    quotes=True,
    only_if_addressed=True,
    one_conversation_per="author_and_root",
    most_parts=5,
    chains=True,
    private=Rules(
        longest_text=LONGEST - ROOM_FOR_A_NAME,
        measure=length,
        files=FILES,
        idempotent=True,
        quotes=True,
        most_parts=5,
        chains=True,
    ),
)
