"""A person asks to see a file: who may is checked, each look is logged, nothing unsafe goes out."""

from dataclasses import dataclass, field

from chalicelib.domain.media import KeptMedia
from chalicelib.domain.principal import Principal
from chalicelib.domain.sniffing import PLAYED, SHOWN, UNKNOWN
from chalicelib.errors import NotFound
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.fetching import has_message
from chalicelib.store import access_log, keys, media
from chalicelib.store.bucket import disposition

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
    anything; the rest is ``application/octet-stream`` and, by ``shown_as``, a download.
    """

    mime: str
    shown_as: str
    body: bytes = field(default=b"", repr=False)
    link: str | None = field(default=None, repr=False)


def open_file(
    services: Services,
    reader: Principal,
    subject: str,
    id_: str,
    *,
    small: bool = False,
    download: bool = False,
) -> Opened:
    """One file of a conversation, or its ``small`` picture.

    Raises ``NotFound``, also for what may not be shown.
    """
    reader.must_be_allowed_to("read_conversation")
    now = services.now()
    found = media.find(services.table, keys.media(subject, id_), now)
    if found is None or now >= found.ends_at or not found.may_be_shown:
        raise NotFound("no such file")
    if not has_message(services, found):
        raise NotFound("no such file")
    services.table.write(access_log.read(reader, "read_file", f"{subject}/{id_}", now))
    place = found.small if small else found.place
    if place is None:
        raise NotFound("no smaller picture")
    mime = "image/jpeg" if small else (found.mime or UNKNOWN)
    return opened(services, place, mime, name_of(found), download=download)


def opened(services: Services, place: str, mime: str, name: str, *, download: bool) -> Opened:
    inline = mime in SHOWN | PLAYED and not download
    called = mime if inline else UNKNOWN
    link = services.bucket.link(place, LINK_HOLDS, called, name, inline=inline)
    body = b"" if link else services.bucket.get(place)
    return Opened(mime=called, shown_as=disposition(name, inline=inline), body=body, link=link)


def name_of(found: KeptMedia) -> str:
    """A name for who saves it: ours, with the ending of what it is. Never the sender's ending."""
    ending = ENDINGS.get(found.mime or "", "bin")
    return f"bestand-{found.id[:8]}.{ending}"
