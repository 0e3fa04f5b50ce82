"""What mail allows, known before sending (channels.md 14)."""

from chalicelib.channels.limits import FileRules, Rules

NAME = "email"

LONGEST_TEXT = 50_000
"""Characters. A bound of our own, far below the 40 MB that SES takes."""

_OFFICE = "application/vnd.openxmlformats-officedocument."

FILES = FileRules(
    largest=dict.fromkeys(
        (
            *("image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "text/plain"),
            "application/pdf",
            *(f"{_OFFICE}{one}" for one in ("wordprocessingml.document", "spreadsheetml.sheet")),
        ),
        5_000_000,
    ),
    longest_caption=LONGEST_TEXT,
    most=5,
)
"""What any mail program opens; five of them stay below the 40 MB that SES takes, in base64."""

RULES = Rules(
    longest_text=LONGEST_TEXT,
    quotes=True,
    one_conversation_per="author_and_root",
    files=FILES,
)
"""What one citizen writes in one thread of mails belongs together. Nothing of it is public."""
