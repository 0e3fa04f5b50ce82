"""A file as a conversation shows it: what it is, where it stands, and where to look at it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import msgspec
from chalice.app import Request

from chalicelib.domain.media import Evidence, KeptMedia, MediaState
from chalicelib.domain.sniffing import PLAYED, SHOWN
from chalicelib.flows.services import Services
from chalicelib.web.file_links import address, secret_of

LARGEST_PLAYED = 4_000_000
"""Bytes: what a page plays by itself; a longer film is saved first."""

Look = Literal["waiting", "scanning", "failed", "refused", "picture", "video", "audio", "other"]

UNSEEN: dict[MediaState, Look] = {
    "coming": "waiting",
    "waiting": "waiting",
    "stored": "scanning",
    "refused": "refused",
    "failed": "failed",
}
"""How a file looks that nobody may see yet, or ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFile:
    """``look`` says how it is shown; the addresses are empty as long as it may not be seen."""

    file: KeptMedia
    look: Look
    small: str = ""
    whole: str = ""
    saved: str = ""
    evidence: Evidence | None = None

    def size_in(self, lang: str) -> str:
        """Kilobytes, from a thousand on megabytes in tenths, as this language writes them."""
        size = self.file.size or 0
        if size < 1_000_000:  # noqa: PLR2004  a megabyte
            return f"{max(size // 1000, 1)} kB"
        tenths = f"{size / 1_000_000:.1f} MB"
        return tenths.replace(".", ",") if lang == "nl" else tenths


Show = Callable[[KeptMedia], ShownFile]


def shower(request: Request, services: Services) -> Show:
    """What shows files to this reader."""
    return partial(shown, partial(address, secret_of(request), services.clock()))


def shown(at: Callable[..., str], file: KeptMedia) -> ShownFile:
    if not file.may_be_shown:
        return ShownFile(file=file, look=UNSEEN[file.state])
    return ShownFile(
        file=file,
        look=look_of(file),
        small=at(file.subject, file.id, klein="1") if file.small else "",
        whole=at(file.subject, file.id),
        saved=at(file.subject, file.id, bewaar="1"),
        evidence=msgspec.json.decode(file.evidence, type=Evidence) if file.evidence else None,
    )


def look_of(file: KeptMedia) -> Look:
    mime = file.mime or ""
    if mime in SHOWN:
        return "picture"
    if mime not in PLAYED or (file.size or 0) > LARGEST_PLAYED:
        return "other"
    return "video" if mime.startswith("video/") else "audio"
