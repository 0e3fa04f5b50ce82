"""A photo that says otherwise than the message it came with. Pointed out, never concluded.

Anybody can write place and time into a file, clocks of cameras run wrong, and an old photo may be
sent for a good reason: it is for a person to ask.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import asin, cos, radians, sin, sqrt

from chalicelib.domain.dutch_time import HERE
from chalicelib.domain.media import Evidence
from chalicelib.domain.moments import Moment, instant, moment
from chalicelib.domain.whereabouts import Candidate

EARTH = 6_371_000
FAR = 10_000
"""Metres beyond the edge of the place that was told: what is nearer may be the next village."""

OLD = timedelta(hours=24)
"""Longer ago than this is not "now"; it also covers a camera in another time zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """What the photo says beside what the message says; None where these do not contradict."""

    photo_place: str | None = None
    told_place: str | None = None
    photo_at: Moment | None = None
    told_at: Moment | None = None


def contradiction(
    evidence: Evidence, photo: Candidate | None, told: Candidate | None, told_at: Moment
) -> Contradiction | None:
    """``photo`` is the place of the photo's point, ``told`` that of the message, if it is clear."""
    elsewhere = photo is not None and told is not None and far_apart(photo, told)
    taken = taken_moment(evidence)
    old = taken is not None and instant(told_at) - instant(taken) > OLD
    if not elsewhere and not old:
        return None
    return Contradiction(
        photo_place=photo.name if photo and elsewhere else None,
        told_place=told.name if told and elsewhere else None,
        photo_at=taken if old else None,
        told_at=told_at if old else None,
    )


def far_apart(photo: Candidate, told: Candidate) -> bool:
    """Whether a photo's place is certainly not the one that was told."""
    if photo.lat is None or photo.lon is None or told.lat is None or told.lon is None:
        return False
    return metres((photo.lat, photo.lon), (told.lat, told.lon)) > told.radius + FAR


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance over the globe between two points in degrees (haversine)."""
    lat, lon, lat2, lon2 = (radians(part) for part in (*one, *other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def taken_moment(evidence: Evidence) -> Moment | None:
    """When the photo says it was taken; without a zone by the Dutch clock."""
    try:
        taken = datetime.fromisoformat(evidence.taken_at or "")
        return moment((taken if taken.tzinfo else taken.replace(tzinfo=HERE)).astimezone(UTC))
    except (ValueError, OverflowError):
        return None
