"""Numbers and mail addresses stay here when a text goes elsewhere, and come back in it."""

import re
from collections.abc import Mapping

from chalicelib.writing.numbers import bsns, ibans, phones

_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def withheld(text: str) -> tuple[str, dict[str, str]]:
    """The text with a mark in the place of each, and what the marks stand for."""
    found = [*ibans(text), *bsns(text), *phones(text), *_MAILBOX.findall(text)]
    kept: dict[str, str] = {}
    for what in sorted(dict.fromkeys(found), key=len, reverse=True):
        if what in text:
            mark = f"[{len(kept) + 1}]"
            kept[mark] = what
            text = text.replace(what, mark)
    return text, kept


def given_back(text: str, kept: Mapping[str, str]) -> str:
    """The same with what was withheld, as far as its mark came back."""
    for mark, what in kept.items():
        text = text.replace(mark, what)
    return text
