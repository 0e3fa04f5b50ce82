"""What a citizen wrote, in the one shape that all channels are brought to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from chalicelib.domain.media import Media

MessageKind = Literal[
    "text", "image", "video", "audio", "document", "sticker", "location", "contacts",
    "interactive", "reaction", "unsupported",
    "comment", "mention", "reply", "quote", "review", "story_reply", "story_mention",
    "edited", "deleted", "system", "email", "form", "chat", "sms", "encrypted",
    "phone", "counter", "street",
]  # fmt: skip

ReceiptState = Literal["sent", "delivered", "read", "played", "failed", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A point that the citizen shared; degrees, WGS84."""

    lat: float
    lon: float
    name: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One item someone wrote to us or about us.

    ``external_id`` is the platform's id; for ``edited`` and ``deleted`` that of the original, so
    that they change it. ``author_id`` is the platform's most stable id of the writer, None only
    where a deletion does not tell. ``timestamp`` is the platform's own time, UTC, whole seconds;
    None where the platform gives none (the time of receipt then counts). ``account`` is set when
    the element itself says which of our accounts it belongs to (one delivery may mix several).
    ``thread`` is the root of the public thread that it stands in, None for what is private.
    ``edited_at`` is set when the element is the item itself, as it became by an edit.
    ``media_count`` counts the files; ``media`` refers to those that can be fetched.
    ``title`` is what the writer put above it, as the subject of a mail. ``answer_with`` is what an
    answer must repeat for its platform to place it, in the channel's own words: kept unread and
    handed back. ``proven``: somebody vouches that the author wrote it; None where nobody says.
    ``aliases`` are other ids under which this platform knows the very same writer. ``written_by``
    is the colleague who wrote down what the citizen said; None where the citizen wrote.
    """

    external_id: str
    author_id: str | None
    text: str
    kind: MessageKind
    timestamp: datetime | None
    author_name: str | None = None
    media_count: int = 0
    location: Location | None = None
    reply_to: str | None = None
    account: str | None = None
    thread: str | None = None
    edited_at: datetime | None = None
    media: tuple[Media, ...] = ()
    title: str | None = None
    answer_with: str | None = None
    proven: bool | None = None
    aliases: tuple[str, ...] = ()
    written_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a platform tells about something we sent. ``reply_id`` is our own id, when echoed.

    ``microeuros`` is what it cost, and ``parts`` in how many pieces it went, where it says so.
    """

    external_id: str
    state: ReceiptState
    timestamp: datetime | None = None
    reply_id: str | None = None
    code: str | None = None
    reason: str | None = None
    account: str | None = None
    microeuros: int | None = None
    parts: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """All that one envelope held; ``ignored`` counts what is not for an agent.

    ``oddities`` says, for the log and without citizens' data, why elements were set aside.
    ``noted`` are receipts that are not counted: what an ignored echo of our own answer proves, and
    the further answers that one receipt is about.
    """

    messages: tuple[Message, ...] = ()
    statuses: tuple[Receipt, ...] = ()
    ignored: int = 0
    oddities: tuple[str, ...] = ()
    noted: tuple[Receipt, ...] = ()
