"""What a file is, by its first bytes; a claim is never believed.

A table of our own: the libraries that do this know hundreds of formats that no citizen sends, and
treat a web page as one of them. What is not in the table is unknown, is kept, and is only ever
offered as a download.
"""

from dataclasses import dataclass

from chalicelib.domain.media import Media

UNKNOWN = "application/octet-stream"

_OFFICE = "application/vnd.openxmlformats-officedocument."

SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole"),
    (0, b"MZ", "application/x-executable"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"\xca\xfe\xba\xbe", "application/x-executable"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (0, b"\xce\xfa\xed\xfe", "application/x-executable"),
    (0, b"#!", "text/x-script"),
)
"""Where, which bytes, and what that makes it; the first that fits counts."""

BRANDS: dict[bytes, str] = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"avif": "image/avif",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"qt  ": "video/quicktime",
    b"3gp4": "video/3gpp",
    b"3gp5": "video/3gpp",
    b"3gp6": "video/3gpp",
}
"""What the brand of an ISO container (``ftyp``) makes it; any other one is ``video/mp4``."""

ZIPPED: dict[bytes, str] = {
    b"word/document.xml": f"{_OFFICE}wordprocessingml.document",
    b"xl/workbook.xml": f"{_OFFICE}spreadsheetml.sheet",
    b"ppt/presentation.xml": f"{_OFFICE}presentationml.presentation",
    b"mimetypeapplication/vnd.oasis.opendocument.text": "application/vnd.oasis.opendocument.text",
    b"META-INF/MANIFEST.MF": "application/x-executable",
    b"AndroidManifest.xml": "application/x-executable",
}
"""What the names inside a zip make it: documents, or programs that only look like a zip."""

MARKUP = (b"<!doctype html", b"<html", b"<svg", b"<script", b"<?xml", b"<body", b"<iframe")
"""What makes a text something that a browser would run."""

HARMFUL = frozenset({"application/x-executable", "text/x-script", "text/html"})

SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""Pictures that a page shows; the rest is listened to, watched or downloaded."""

PLAYED = frozenset({
    "audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/wav", "video/mp4", "video/webm",
    "video/3gpp", "video/quicktime",
})  # fmt: skip

MOVING = frozenset({"video", "audio"})

RECOGNISED = frozenset({*(mime for *_, mime in SIGNATURES), *BRANDS.values(), *ZIPPED.values()}) - {
    "application/zip"
}
"""Claims that we can hold against the bytes."""

HEAD = 1024
"""Bytes that tell what a file is; only zips are looked at in their last ones too."""
_TAIL = 65_536


@dataclass(frozen=True, slots=True)
class Judged:
    """What the bytes are, whether that differs from the claim, and why they are not kept."""

    mime: str
    differs: bool = False
    refused: str | None = None


def sniffed(body: bytes) -> str:
    """The MIME type that these bytes have."""
    if body[4:8] == b"ftyp":
        return BRANDS.get(body[8:12], "video/mp4")
    for at, signature, mime in SIGNATURES:
        if body.startswith(signature, at):
            return _inside(body) if mime == "application/zip" else mime
    return _text(body)


def judged(media: Media, body: bytes) -> Judged:
    """Whether a citizen's file is kept. Evidence is: what is merely odd is kept and marked."""
    mime = sniffed(body)
    if not body:
        return Judged(mime, refused="het bestand is leeg")
    if mime in HARMFUL:
        return Judged(mime, refused="het bestand kan een computer iets laten uitvoeren")
    return Judged(mime, differs=_differs(media, mime))


def _differs(media: Media, mime: str) -> bool:
    claimed = (media.mime or "").partition(";")[0].strip().lower().replace("/jpg", "/jpeg")
    told, found = claimed.partition("/")[0] or media.kind, mime.partition("/")[0]
    if {told, found} <= MOVING or (told == "video" and mime == "image/gif"):
        return False  # sound and film share their containers
    if claimed in RECOGNISED:
        return claimed != mime
    return told in {"image", *MOVING} and told != found


def _inside(body: bytes) -> str:
    names = body[:HEAD] + body[-_TAIL:]
    return next((mime for name, mime in ZIPPED.items() if name in names), "application/zip")


def _text(body: bytes) -> str:
    head = body[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if any(one in head for one in MARKUP):
        return "text/html"
    try:
        body[:HEAD].decode()
    except UnicodeDecodeError as error:
        if error.start < HEAD - 4:
            return UNKNOWN
    return "text/plain" if head and b"\x00" not in head else UNKNOWN
