"""A citizen's files: brought here, judged, kept, shown when asked, destroyed with their message."""

import hashlib
import io
from typing import Any

import pytest
from PIL import Image

from chalicelib.domain.media import KeptMedia
from chalicelib.flows.viewing import view_conversation, view_queue
from chalicelib.store import media
from tests.conftest import SANNE, Town


def photo(*, exif: bool = False, size: tuple[int, int] = (1200, 900)) -> bytes:
    """A JPEG as a telephone makes it; with ``exif`` it says where and when."""
    image, out = Image.new("RGB", size, (180, 40, 40)), io.BytesIO()
    told = Image.Exif()
    if exif:
        told[0x0110] = "Telefoon 7"
        told.get_ifd(0x8769)[0x9003] = "2026:11:21 20:15:00"
        gps = told.get_ifd(0x8825)
        gps[1], gps[2], gps[3], gps[4] = "N", (52.0, 5.0, 26.52), "E", (5.0, 7.0, 17.04)
    image.save(out, "JPEG", exif=told)
    return out.getvalue()


def sends(town: Town, body: bytes, mime: str = "image/jpeg", kind: str = "image") -> str:
    """A citizen sends this file on WhatsApp; its message's id."""
    file = {"id": town.fakes.file("whatsapp", body, mime), "mime_type": mime}
    message = {"id": "wamid.f1", "from_user_id": "NL.1001", "type": kind, kind: file}
    town.deliver_whatsapp(message)
    return "wamid.f1"


def files(town: Town) -> list[KeptMedia]:
    return media.of_conversation(town.services.table, subject(town), town.services.now())


def subject(town: Town) -> str:
    return view_queue(town.services, SANNE).rows[0].subject


def test_a_photo_is_fetched_after_its_message_is_safe(town: Town) -> None:
    body = photo()
    sends(town, body)
    town.work()
    (kept,) = files(town)
    assert (kept.state, kept.mime, kept.size) == ("stored", "image/jpeg", len(body))
    assert kept.sha256 == hashlib.sha256(body).hexdigest()
    assert town.services.bucket.get(kept.place) == body
    (shown,) = view_conversation(town.services, SANNE, kept.subject).messages
    assert [one.id for one in shown.media] == [kept.id]
