"""What a file is, by its bytes, whatever is claimed."""

import io
import zipfile

import pytest

from chalicelib.domain.media import Media, MediaKind
from chalicelib.domain.sniffing import HARMFUL, PLAYED, SHOWN, SIGNATURES, judged, sniffed
from tests.pictures import PDF, VOICE, photo, sticker


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 2000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "mime"),
    [
        (photo(), "image/jpeg"),
        (sticker(), "image/webp"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF89a", "image/gif"),
        (VOICE, "audio/ogg"),
        (b"RIFF\x00\x00\x00\x00WAVE", "audio/wav"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
        (b"\x00\x00\x00\x20ftypheic", "image/heic"),
        (b"\x00\x00\x00\x14ftyp3gp5", "video/3gpp"),
        (PDF, "application/pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"),
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"),
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (zipped("foto.jpg"), "application/zip"),
        (zipped("META-INF/MANIFEST.MF", "A.class"), "application/x-executable"),
        (b"MZ\x90\x00", "application/x-executable"),
        (b"\x7fELF\x02", "application/x-executable"),
        (b"#!/bin/sh\nrm -rf x", "text/x-script"),
        (b"#!AMR\n", "audio/amr"),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>x", "text/html"),
        (b"<?xml version='1.0'?><svg onload='x()'/>", "text/html"),
        ("Geachte agent, één vraag".encode(), "text/plain"),
        (b"a" * 1023 + "é".encode(), "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)  # fmt: skip
def test_the_bytes_say_what_it_is(body: bytes, mime: str) -> None:
    assert sniffed(body) == mime


@pytest.mark.parametrize("claim", ["image/jpeg", "application/pdf", None])
@pytest.mark.parametrize("body", [b"MZ\x90\x00", b"<svg></svg>", b"#!/bin/sh", b""])
def test_what_can_do_harm_is_refused_whatever_it_calls_itself(
    claim: str | None, body: bytes
) -> None:
    assert judged(Media(kind="image", mime=claim), body).refused


@pytest.mark.parametrize(
    ("kind", "claim", "body", "differs"),
    [
        ("image", "image/jpeg", photo(), False),
        ("image", "image/jpg", photo(), False),
        ("image", None, photo(), False),
        ("image", "image/png", photo(), True),
        ("image", "image/jpeg", PDF, True),
        ("image", None, PDF, True),
        ("document", "application/pdf", PDF, False),
        ("document", "application/pdf", photo(), True),
        ("document", "application/x-eigen", b"\x00\x01", False),
        ("document", None, photo(), False),
        ("audio", "audio/ogg; codecs=opus", VOICE, False),
        ("video", "video/mp4", b"GIF89a", False),
        ("video", "video/mp4", b"\x00\x00\x00\x20ftypM4A ", False),
        ("video", "video/mp4", PDF, True),
        ("sticker", "image/webp", sticker(), False),
    ],
)
def test_what_is_merely_odd_is_kept_and_marked(
    kind: MediaKind, claim: str | None, body: bytes, *, differs: bool
) -> None:
    found = judged(Media(kind=kind, mime=claim), body)
    assert (found.refused, found.differs) == (None, differs)


def test_nothing_harmful_is_ever_shown_or_played() -> None:
    assert not HARMFUL & (SHOWN | PLAYED)
    assert {mime for *_, mime in SIGNATURES} >= SHOWN
