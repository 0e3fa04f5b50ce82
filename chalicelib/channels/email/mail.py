"""One mail (RFC 5322, MIME) read: its words, its files, whether a machine wrote it."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Mime
from typing import Any

from chalicelib.channels.email.decoding import decoded
from chalicelib.channels.email.headers import header, headers_named, words_of
from chalicelib.channels.email.quotes import own_words
from chalicelib.channels.html_text import text_of_html
from chalicelib.channels.taming import name_of
from chalicelib.domain.media import Media, MediaKind
from chalicelib.errors import BadPayload

KINDS: dict[str, MediaKind] = {"image": "image", "video": "video", "audio": "audio"}
"""Our kind of a file, by the first half of its MIME type; any other is a document."""

TO_MANY = frozenset({"bulk", "junk", "auto_reply"})


def read_mail(data: bytes) -> Mime:
    """The mail in these bytes. Raises ``BadPayload`` only when it is nested without end."""
    try:
        mime = message_from_bytes(data)
        list(leaves(mime))
    except RecursionError as error:
        raise BadPayload("mail is nested too deep") from error
    return mime


def leaves(mime: Mime) -> Iterator[Mime]:
    """The parts that hold something. A mail inside the mail is one of them, and stays closed."""
    # A part that is none must not be asked for its text: Python would trust its charset.
    if mime.get_content_maintype() == "multipart" and mime.is_multipart():
        parts: Any = mime.get_payload()
        for part in parts:
            yield from leaves(part)
    else:
        yield mime


def text_of_mail(mime: Mime) -> str:
    """What the writer says: plain text before HTML, without the quoted tail, else the subject."""
    subject = words_of(mime, "subject")
    shown = [part for part in leaves(mime) if not is_file(part)]
    plain = (words(part) for part in shown if is_plain(part))
    html = (text_of_html(words(part), mark_quotes=True) for part in shown if is_html(part))
    said = next((text for text in (*plain, *html) if text.strip()), "")
    return own_words(said, subject) or subject


def words(part: Mime) -> str:
    """A part as text, its line ends brought to one kind."""
    data = bytes_of(part)
    return decoded(data, charset_of(part)).replace("\r\n", "\n").replace("\r", "\n")


def charset_of(part: Mime) -> str | None:
    """Its charset, if Python can read what it says of that."""
    try:
        return part.get_content_charset()
    except ValueError:  # a null in the charset of the charset's name
        return None


def bytes_of(part: Mime) -> bytes:
    """A part's bytes as they were before they were made fit for mail."""
    data = part.get_payload(decode=True)
    if isinstance(data, bytes):
        return data
    return b"".join(inner.as_bytes() for inner in part.get_payload() if isinstance(inner, Mime))


def is_plain(part: Mime) -> bool:
    """Also a multipart that cannot be taken apart: better raw than lost."""
    return part.get_content_type() == "text/plain" or part.get_content_maintype() == "multipart"


def is_html(part: Mime) -> bool:
    return part.get_content_type() == "text/html"


def is_file(part: Mime) -> bool:
    """A part with a name, an attachment, or an image inside the text."""
    is_image = part.get_content_maintype() == "image"
    attached = part.get_content_disposition() == "attachment"
    return attached or filename_of(part) is not None or (is_image and "content-id" in part)


def filename_of(part: Mime) -> str | None:
    """The name of a file; empty when it has one that nobody can read."""
    try:
        return part.get_filename()
    except ValueError:  # a null in the charset of the name
        return ""


def files_of(mime: Mime, address: str | None) -> tuple[Media, ...]:
    """The files, each by its place in the mail that lies at ``address``."""
    numbered = enumerate(leaves(mime))
    return tuple(to_media(part, str(at), address) for at, part in numbered if is_file(part))


def to_media(part: Mime, number: str, address: str | None) -> Media:
    mime = part.get_content_type()
    return Media(
        kind=KINDS.get(part.get_content_maintype(), "document"),
        id=number,
        url=address,
        mime=mime,
        size=len(bytes_of(part)),
        name=name_of(filename_of(part)),
    )


def is_automatic(mime: Mime) -> bool:
    """A machine wrote it, and would answer our answer."""
    submitted = header(mime, "auto-submitted").partition(";")[0].strip().lower()
    precedence = header(mime, "precedence").lower()
    report = mime.get_content_type() == "multipart/report"
    marked = bool(headers_named(mime, "x-autoreply"))
    return submitted not in ("", "no") or precedence in TO_MANY or report or marked
