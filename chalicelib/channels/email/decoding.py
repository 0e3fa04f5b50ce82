"""Bytes of a mail as text: by the charset that it names, else utf-8, else cp1252."""

import codecs
import re
from base64 import b64decode
from collections.abc import Iterator
from quopri import decodestring

from chalicelib.channels.taming import text_of

_NO_CHARSETS = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"})
"""Codecs of Python's own that are no way of writing text."""

_WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=")
_WORDS = re.compile(rf"{_WORD.pattern}(?:\s+{_WORD.pattern})*")
"""RFC 2047: between two encoded words the white space is no text."""


def decoded(data: bytes, charset: str | None) -> str:
    """The text in these bytes, whatever is wrong with what they say of themselves."""
    for name in (charset, "utf-8"):
        try:
            if name and codecs.lookup(name).name.replace("-", "_") not in _NO_CHARSETS:
                return text_of(data.decode(name))
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", errors="replace")


def decoded_words(value: str) -> str:
    """A header's value with its encoded words (RFC 2047) decoded; broken ones stay."""
    return _WORDS.sub(lambda run: _run(run.group()), value)


def _run(run: str) -> str:
    """Words that follow each other; a letter may be cut in two between them."""
    try:
        pieces = list(_pieces(run))
    except ValueError:
        return run
    return "".join(decoded(data, charset) for charset, data in pieces)


def _pieces(run: str) -> Iterator[tuple[str, bytes]]:
    charset, held = "", b""
    for match in _WORD.finditer(run):
        name, encoding, text = match.groups()
        if name.lower() != charset and held:
            yield charset, held
            held = b""
        charset = name.lower()
        held += _bytes(encoding, text)
    yield charset, held


def _bytes(encoding: str, text: str) -> bytes:
    """Raises ``ValueError`` when it is not encoded so."""
    plain = text.encode("ascii")
    if encoding in "qQ":
        return decodestring(plain, header=True)
    return b64decode(plain + b"=" * (-len(plain) % 4), validate=True)
