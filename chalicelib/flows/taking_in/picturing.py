"""Smaller pictures of a citizen's picture, and where and when it says it was taken.

The bytes are a stranger's. Only four formats are opened, a picture of too many dots is not, and
whatever goes wrong means: no smaller picture. Pillow is loaded only here, by who fetches files.
"""

import base64
import io
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from chalicelib.domain.media import Evidence
from chalicelib.domain.provenance import has_manifest
from chalicelib.log import logger

if TYPE_CHECKING:
    from PIL.Image import Exif, Image

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}

MOST_DOTS = 60_000_000
"""More than any telephone makes; in memory about 180 MB."""

SMALL, BLURRED = (640, 640), (12, 12)
"""Dots. Of twelve by twelve nobody can tell what they show."""

EXIF_PART, GPS_PART = 0x8769, 0x8825
TAKEN_AT, ZONE, WRITTEN_AT, MAKER, MODEL = 0x9003, 0x9011, 0x0132, 0x010F, 0x0110
LAT_REF, LAT, LON_REF, LON = 1, 2, 3, 4
LONGEST_TOLD = 80


@dataclass(frozen=True, slots=True)
class Picture:
    """What was made of it: ``small`` as JPEG, ``blurred`` as WebP in base64."""

    small: bytes | None = None
    blurred: str | None = None
    evidence: Evidence | None = None


def pictured(body: bytes, mime: str) -> Picture:
    """Never raises: a picture that cannot be read is still a file that can be kept."""
    if mime not in FORMATS:
        return Picture()
    from PIL import Image  # noqa: PLC0415  costs a cold start that most functions have no use for

    Image.MAX_IMAGE_PIXELS = MOST_DOTS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # also what is merely suspiciously large
            with Image.open(io.BytesIO(body), formats=(FORMATS[mime],)) as image:
                return with_manifest(made_of(image), body)
    except Exception as error:  # noqa: BLE001  a decoder of strangers' bytes raises anything
        logger.info("no smaller picture", mime=mime, why=type(error).__name__)
        return Picture()


def with_manifest(made: Picture, body: bytes) -> Picture:
    """With whether it carries a statement of where it comes from."""
    if not has_manifest(body):
        return made
    return replace(made, evidence=replace(made.evidence or Evidence(), manifest=True))


def made_of(image: "Image") -> Picture:
    from PIL import ImageOps  # noqa: PLC0415

    evidence = evidence_in(image.getexif())
    image.draft("RGB", SMALL)  # a JPEG is read no larger than is needed
    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail(SMALL)
    tiny = upright.copy()
    tiny.thumbnail(BLURRED)
    blurred = base64.b64encode(written(tiny, "WEBP", quality=40)).decode()
    return Picture(written(upright, "JPEG", quality=75), blurred, evidence)


def written(image: "Image", format_: str, *, quality: int) -> bytes:
    """The dots alone: nothing of what stood beside them in the file."""
    out = io.BytesIO()
    image.save(out, format_, quality=quality, exif=b"")
    return out.getvalue()


def evidence_in(exif: "Exif") -> Evidence | None:
    """What the file says about itself; None when it says nothing of use."""
    inside, gps = exif.get_ifd(EXIF_PART), exif.get_ifd(GPS_PART)
    camera = " ".join(filter(None, (told(exif.get(MAKER)), told(exif.get(MODEL)))))
    found = Evidence(
        taken_at=taken_at(inside.get(TAKEN_AT) or exif.get(WRITTEN_AT), inside.get(ZONE)),
        lat=degrees(gps.get(LAT), gps.get(LAT_REF), "S", 90),
        lon=degrees(gps.get(LON), gps.get(LON_REF), "W", 180),
        camera=camera or None,
    )
    return None if found == Evidence() else found


def told(value: Any) -> str | None:
    """A text as a camera writes it, made fit to be shown."""
    text = "".join(one for one in str(value or "") if one.isprintable()).strip()
    return text[:LONGEST_TOLD] or None


def taken_at(value: Any, zone: Any) -> str | None:
    """``2026:11:21 20:00:00`` as ``2026-11-21T20:00:00``, with the zone when there is one."""
    day, _, time = (told(value) or "").partition(" ")
    parts = (*day.split(":"), *time.split(":"))
    if len(parts) != 6 or not all(part.isdigit() for part in parts):  # noqa: PLR2004
        return None
    return f"{'-'.join(parts[:3])}T{':'.join(parts[3:])}{told(zone) or ''}"


def degrees(value: Any, side: Any, negative: str, most: int) -> float | None:
    """Degrees, minutes and seconds as one number; None when they are none on this globe."""
    try:
        whole, minutes, seconds = (float(part) for part in value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    found = whole + minutes / 60 + seconds / 3600
    if not 0 <= found <= most:  # also when it is not a number
        return None
    return round(-found if told(side) == negative else found, 6)
