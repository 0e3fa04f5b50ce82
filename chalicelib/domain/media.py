"""A file that came with a message, as its platform refers to it: told, not fetched yet."""

from dataclasses import dataclass
from typing import Literal

MediaKind = Literal["image", "video", "audio", "document", "sticker"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A reference: by the platform's ``id``, by ``url``, or by both.

    ``mime``, ``size`` (bytes), ``sha256`` (hexadecimal) and ``name`` are what the platform claims,
    None where it says nothing; the bytes themselves are judged when they are here. For a file that
    stands in the envelope itself, ``id`` says which one it is.
    """

    kind: MediaKind
    id: str | None = None
    url: str | None = None
    mime: str | None = None
    size: int | None = None
    sha256: str | None = None
    name: str | None = None
