"""Person data in a text, masked as far as patterns go: numbers, addresses, handles, the writer.

Patterns do not know names: a name inside a sentence stays. That is why a file of labels is personal
data all the same (docs/data.md).
"""

import re

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("[e-mail]", re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")),
    ("[link]", re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("[rekening]", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")),
    ("[naam]", re.compile(r"(?<![\w@])@\w{2,}")),
    ("[telefoon]", re.compile(r"(?<![\w+])(?:\+|00)\d{2}[\s.-]?(?:\(0\))?(?:[\s.-]?\d){8,11}\b")),
    ("[telefoon]", re.compile(r"\b0(?:[\s.-]?\d){9}\b")),
    ("[nummer]", re.compile(r"\b\d{8,9}\b")),
    (
        "[kenteken]",
        re.compile(
            r"\b(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]{1,3}-[A-Z0-9]{2,3}-[A-Z0-9]{1,2}\b"
        ),
    ),
    ("[adres]", re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b(?: ?\d{1,5}[a-zA-Z]?\b)?")),
)

SHORTEST_NAME = 3


def masked(text: str, author_name: str | None = None) -> str:
    """The text with what identifies a person replaced by what it was."""
    for name in (author_name or "").split():
        if len(name) >= SHORTEST_NAME:
            text = re.sub(rf"\b{re.escape(name)}\b", "[naam]", text, flags=re.IGNORECASE)
    for mask, pattern in PATTERNS:
        text = pattern.sub(mask, text)
    return text
