"""A file that comes with a message, in or out: as its platform refers to it, and as we keep it.

waiting ──fetch──▶ stored      shown when somebody asks, unless scanning found malware
   ▲  │ └─judged─▶ refused     too large or harmful: nothing of it is kept, the reason is
   │  └──────────▶ failed      the platform did not give it: a person may try again
   └───try again─────┘

An upload in parts is *coming* until its last part is there.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from chalicelib.domain.moments import Moment

MediaKind = Literal["image", "video", "audio", "document", "sticker"]
MediaState = Literal["coming", "waiting", "stored", "refused", "failed"]
Scan = Literal["pending", "clean", "infected", "not_scanned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A reference: by the platform's ``id``, by ``url``, or by both.

    ``mime``, ``size`` (bytes), ``sha256`` (hexadecimal) and ``name`` are what the platform claims,
    None where it says nothing; the bytes themselves are judged when they are here. For a file that
    is part of something larger, a mail, ``id`` says which part it is.
    """

    kind: MediaKind
    id: str | None = None
    url: str | None = None
    mime: str | None = None
    size: int | None = None
    sha256: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where and when a picture says it was taken (EXIF). Anybody can write that: it is no proof.

    ``taken_at`` is in the camera's own time, without a zone unless it told one. ``manifest``: it
    carries a statement of where it comes from (``provenance.py``), which nobody verified.
    """

    taken_at: str | None = None
    lat: float | None = None
    lon: float | None = None
    camera: str | None = None
    manifest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMedia:
    """A file at our side. ``message_sk`` leads to its message; empty for an upload not sent yet.

    ``given`` is what the platform told, or the agent who uploaded it (``by``). ``place`` is the
    bucket's key for the bytes. Once they are there: ``mime`` is what they are, ``small`` the key of
    a smaller picture, ``blurred`` a picture of a few dots in base64, in which nothing can be
    recognised. ``differs`` when they are something else than was claimed. ``evidence`` is the JSON
    of an ``Evidence``. ``due_at`` is the next attempt, the next look at a scan, or ``ends_at``:
    when all of it is destroyed, together with its message. ``parts`` is the bucket's id of an
    upload in parts, until that is whole.
    """

    id: str
    subject: str
    message_sk: str
    channel: str
    account: str
    number: int
    given: Media
    state: MediaState
    created_at: Moment
    due_at: Moment
    ends_at: Moment
    place: str
    by: str | None = None
    attempts: int = 0
    reason: str | None = None
    mime: str | None = None
    size: int | None = None
    sha256: str | None = None
    small: str | None = None
    blurred: str | None = None
    differs: bool = False
    scan: Scan = "not_scanned"
    evidence: str | None = None
    parts: str | None = None

    @property
    def may_be_shown(self) -> bool:
        """Whether its bytes are here and nothing speaks against them."""
        return self.state == "stored" and self.scan in ("clean", "not_scanned")


FETCH_LEASE = timedelta(seconds=60)
"""How long one worker has a file for itself."""

MAX_FETCHES = 12
"""With the back-off of jobs, these take most of an hour."""

ACCESS_LOST_FOR = timedelta(days=6)
"""How long we go on trying while our access is gone: a WhatsApp id holds seven days."""

MAX_LOOKS = 20
"""How often the outcome of a scan is looked for before the file counts as not scanned."""

UPLOAD_KEPT = timedelta(hours=24)
"""An upload that was not sent is destroyed after this."""
