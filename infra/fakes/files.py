"""Files on the fake platforms: those that citizens send, and those that we upload.

POST /_files     channel, mime, body (base64), name: a citizen's file; its id comes back
"""

import base64
import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

MOST_PICTURES = 4
"""What Mastodon, Bluesky and X take with one post."""

PICTURES = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG", "image/webp": b"RIFF"}
"""How the bytes of a picture begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that a platform holds. ``ours`` when we uploaded it."""

    channel: str
    mime: str
    body: bytes = field(repr=False)
    name: str = ""
    ours: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclass(slots=True)
class Files:
    """By the id that the platform gave; ids are never used twice."""

    by_id: dict[str, StoredFile] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(7001))

    def put(self, file: StoredFile) -> str:
        """Keep it; its id."""
        id = str(next(self._numbers))
        self.by_id[id] = file
        return id

    def found(self, channel: str, id: str) -> StoredFile | None:
        """The file under this id on this platform."""
        file = self.by_id.get(id)
        return file if file and file.channel == channel else None


def digests_of(files: Files, channel: str, ids: Sequence[str]) -> tuple[str, ...] | None:
    """What we brought under these ids; None when one of them is not ours, or there are many."""
    found = [file for id in ids if (file := files.found(channel, id)) and file.ours]
    complete = len(found) == len(ids) <= MOST_PICTURES
    return tuple(file.sha256 for file in found) if complete else None


def is_picture(file: StoredFile, largest: int) -> bool:
    """Whether its bytes are the picture that it claims to be, and not too many."""
    claimed = PICTURES.get(file.mime)
    return claimed is not None and file.body.startswith(claimed) and len(file.body) <= largest


def from_citizen(asked: dict[str, Any]) -> StoredFile:
    """The file in a control's body. Raises ``KeyError`` or ``ValueError``."""
    return StoredFile(
        channel=asked["channel"],
        mime=asked["mime"],
        body=base64.b64decode(asked["body"]),
        name=asked.get("name", ""),
    )


async def uploaded(request: web.Request, channel: str, field: str) -> StoredFile | None:
    """The file in a sent form; None when there is none."""
    part = (await request.post()).get(field)
    if not isinstance(part, web.FileField):
        return None
    body = part.file.read()
    return StoredFile(
        channel=channel, mime=part.content_type, body=body, name=part.filename, ours=True
    )
