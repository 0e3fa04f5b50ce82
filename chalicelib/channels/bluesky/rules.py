"""What Bluesky allows, known before sending (channels.md 12).

300 signs as a reader sees them and 3,000 bytes; in private 1,000 and 10,000. Ten bytes a sign in
both, so whichever of the two is tighter is the length.
"""

from chalicelib.channels.graphemes import graphemes
from chalicelib.channels.limits import FileRules, Rules

NAME = "bluesky"
BYTES_A_SIGN = 10


def length(text: str) -> int:
    """What Bluesky counts."""
    return max(len(graphemes(text)), -(-len(text.encode()) // BYTES_A_SIGN))


FILES = FileRules(
    largest=dict.fromkeys(("image/jpeg", "image/png", "image/webp"), 2_000_000),
    longest_caption=300,
    most=4,
)
"""Pictures in a post. A private message can hold a post or a link, and no file of its own."""

RULES = Rules(
    longest_text=300,
    measure=length,
    files=FILES,
    public=True,
    posts=True,
    quotes=True,
    only_if_addressed=True,
    one_conversation_per="author_and_root",
    most_parts=5,
    chains=True,
    private=Rules(longest_text=1000, measure=length, most_parts=5),
)
