"""A person asks to see a file: who may is checked, each look is logged, nothing unsafe goes out."""

from dataclasses import dataclass, field
from typing import Literal

from chalicelib.domain.media import KeptMedia
from chalicelib.domain.principal import Principal
from chalicelib.domain.sniffing import PLAYED, SHOWN, UNKNOWN
from chalicelib.errors import NotFound
from chalicelib.flows.fetching import has_message
from chalicelib.flows.services import Services
from chalicelib.store import access_log, keys, media

Size = Literal["small", "whole"]

LINK_HOLDS = 60
"""Seconds that a link to the bucket itself can be followed."""

ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp",
    "image/heic": "heic", "application/pdf": "pdf", "text/plain": "txt", "video/mp4": "mp4",
    "audio/ogg": "ogg", "audio/mpeg": "mp3", "audio/mp4": "m4a", "application/zip": "zip",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file to hand over: its bytes, or a link that holds for a moment.

    ``mime`` is what it is called on its way: only what browsers show or play without running
    anything; the rest is ``application/octet-stream`` and a download (``inline`` is false).
    """

    mime: str
    name: str
    inline: bool
    body: bytes = field(default=b"", repr=False)
    link: str | None = field(default=None, repr=False)


def open_file(
    services: Services, reader: Principal, subject: str, id_: str, size: Size, *, download: bool
) -> Opened:
    """One file of a conversation. Raises ``NotFound``, also for what may not be shown."""
    reader.must_be_allowed_to("read_conversation")
    now = services.now()
    found = media.find(services.table, keys.media(subject, id_), now)
    if found is None or now >= found.ends_at or not found.may_be_shown:
        raise NotFound("no such file")
    if not has_message(services, found):
        raise NotFound("no such file")
    services.table.write(access_log.read(reader, "read_file", f"{subject}/{id_}", now))
    place = found.small if size == "small" else found.place
    if place is None:
        raise NotFound("no smaller picture")
    return opened(services, found, place, size, download=download)


def opened(
    services: Services, found: KeptMedia, place: str, size: Size, *, download: bool
) -> Opened:
    mime = "image/jpeg" if size == "small" else (found.mime or UNKNOWN)
    inline = mime in SHOWN | PLAYED and not download
    mime, name = mime if inline else UNKNOWN, name_of(found)
    link = services.bucket.link(place, LINK_HOLDS, mime, name, inline=inline)
    body = b"" if link else services.bucket.get(place)
    return Opened(mime=mime, name=name, inline=inline, body=body, link=link)


def name_of(found: KeptMedia) -> str:
    """A name for who saves it: ours, with the ending of what it is. Never the sender's ending."""
    ending = ENDINGS.get(found.mime or "", "bin")
    return f"bestand-{found.id[:8]}.{ending}"
