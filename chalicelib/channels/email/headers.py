"""The headers of a mail, unfolded and decoded; nothing in them is trusted to be well formed."""

import re
from email.message import Message as Mime
from email.utils import parseaddr
from typing import Any

from chalicelib.channels.email.decoding import decoded, decoded_words
from chalicelib.channels.taming import list_of, name_of, text_of

_FOLD = re.compile(r"\r?\n(?=[ \t])")
_ID = re.compile(r"<\s*([^<>\s]+)\s*>")


def headers_named(mime: Mime, name: str) -> list[str]:
    """Every header of this name, as sent but for its folding."""
    found = [str(value) for key, value in mime.raw_items() if key.lower() == name]
    return [_FOLD.sub("", _text(value)).strip() for value in found]


def header(mime: Mime, name: str) -> str:
    """The first header of this name, empty when there is none."""
    return next(iter(headers_named(mime, name)), "")


def words_of(mime: Mime, name: str) -> str:
    """The first header of this name as people read it."""
    return text_of(decoded_words(header(mime, name))).strip()


def ids_of(mime: Mime, name: str) -> list[str]:
    """The message ids in a header, without their brackets."""
    return _ID.findall(header(mime, name))


def mailbox_of(value: str) -> tuple[str | None, str | None]:
    """The address in lower case, and the name as people read it; None without."""
    name, address = parseaddr(value)
    if "@" not in address:
        return None, None
    return text_of(address).strip().lower(), name_of(decoded_words(name).strip())


def sender_of(mime: Mime, told: dict[str, Any]) -> tuple[str | None, str | None]:
    """Who wrote it: by the mail itself, else by what SES read in it, else who handed it over."""
    seen = list_of(told, "mail", "commonHeaders", "from")
    handed_over = text_of(told, "mail", "source")
    for value in (header(mime, "from"), *map(text_of, seen), handed_over):
        address, name = mailbox_of(value)
        if address:
            return address, name
    return None, None


def _text(value: str) -> str:
    """Bytes outside ASCII came in as half surrogates: give them the text that they are."""
    return decoded(value.encode("utf-8", "surrogateescape"), None)
