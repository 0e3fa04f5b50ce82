"""A citizen's large file, a film mostly: in parts, so that a broken line costs one part at most.

    begin ──▶ key and parts ──▶ (each part: from the browser to the bucket) ──▶ finish ──▶ the
    message names the key, as of any file that was brought along

Where the bucket has addresses of its own the bytes pass us by; what they are is judged at the end,
by the first of them. What was begun and never finished is destroyed after a day.
"""

import secrets
from dataclasses import dataclass, replace

from chalicelib.domain.media import UPLOAD_KEPT, KeptMedia, Media
from chalicelib.domain.moments import later
from chalicelib.domain.sniffing import HEAD, sniffed
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows.answering.attaching import fit, kind_of, must_be_clean, must_be_taken, wrong
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.attached import new_place
from chalicelib.flows.taking_in.bringing import UPLOAD, must_be_few, subject_of
from chalicelib.flows.taking_in.receiving import known_account
from chalicelib.store import keys, media
from chalicelib.store.parted import sizes

LINK_HOLDS = 3600
"""Seconds in which a part may be sent: on a slow line a hundred megabytes take most of an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece that is still to come: ``size`` bytes from ``start``; ``link`` takes it, or we do."""

    number: int
    start: int
    size: int
    link: str | None


def begin(services: Services, channel: str, account: str, name: str, size: int, *, who: str) -> str:
    """Room for a file of so many bytes, which ``who`` brings; its key.

    Raises ``InvalidInput``, ``TooMany``, ``NotFound`` or ``ChannelNotApproved``.
    """
    known_account(services, channel, account).must_be_approved_for("answer", services.now())
    must_fit_somewhere(services, channel, size)
    must_be_few(services, channel, account, who)
    key, now, place = secrets.token_hex(16), services.now(), new_place()
    ends_at = later(now, UPLOAD_KEPT)
    made = KeptMedia(
        id=UPLOAD,
        subject=subject_of(key),
        message_sk="",
        channel=channel,
        account=account,
        number=0,
        given=Media(kind="document", name=fit(name)),
        state="coming",
        created_at=now,
        due_at=ends_at,
        ends_at=ends_at,
        place=place,
        size=size,
        parts=services.bucket.in_parts.begin(place),
    )
    services.table.write(media.first(made))
    return key


def must_fit_somewhere(services: Services, channel: str, size: int) -> None:
    """No kind of file is larger than this. Raises ``InvalidInput``."""
    limits = services.channel(channel).rules.uploads
    largest = max(limits.largest.values()) if limits else 0
    if not 0 < size <= largest:
        most = f"{largest // 1_000_000} MB"
        raise wrong(f"het bestand is te groot: hoogstens {most}", f"too large: at most {most}")


def coming(services: Services, key: str) -> KeptMedia:
    """What was begun under this key, finished or not. Raises ``NotFound``."""
    at = keys.media(subject_of(key), UPLOAD)
    found = media.find(services.table, at, services.now())
    if found is None:
        raise NotFound("no such upload")
    return found


def missing(services: Services, key: str) -> tuple[Part, ...]:
    """The parts that are still to come, with fresh links. Raises ``NotFound``."""
    found, parts = coming(services, key), services.bucket.in_parts
    if found.parts is None:
        return ()
    there, start, wanted = parts.there(found.place, found.parts), 0, []
    for number, size in sizes(found.size or 0).items():
        if there.get(number) != size:
            link = parts.link(found.place, found.parts, number, size, LINK_HOLDS)
            wanted.append(Part(number=number, start=start, size=size, link=link))
        start += size
    return tuple(wanted)


def take_part(services: Services, key: str, number: int, body: bytes) -> None:
    """A part that came to us. Raises ``NotFound``, or ``InvalidInput`` for another length."""
    found = coming(services, key)
    if found.parts is None or sizes(found.size or 0).get(number) != len(body):
        raise InvalidInput("this part has another length", {})
    services.bucket.in_parts.put(found.place, found.parts, number, body)


def finish(services: Services, key: str) -> KeptMedia:
    """All of it is here: one file, judged. Again changes nothing.

    Raises ``InvalidInput`` saying what is wrong, or ``NotFound``.
    """
    found = coming(services, key)
    if found.parts is None:
        return found
    if services.bucket.in_parts.there(found.place, found.parts) and missing(services, key):
        raise wrong("het bestand is nog niet helemaal binnen", "not all of the file is here yet")
    services.bucket.in_parts.finish(found.place, found.parts)
    whole = judged(services, found)
    services.table.write(media.saved(found, whole))
    return whole


def judged(services: Services, found: KeptMedia) -> KeptMedia:
    """What it is, by its first bytes. What may not stay goes at once: ``InvalidInput``."""
    mime, size = sniffed(services.bucket.head(found.place, HEAD)), found.size or 0
    try:
        must_be_taken(services.channel(found.channel).rules.uploads, mime, size, at_once=size)
    except InvalidInput:
        services.bucket.delete(found.place)
        raise
    whole = replace(
        found,
        state="stored",
        given=replace(found.given, kind=kind_of(mime), mime=mime),
        mime=mime,
        parts=None,
        scan=services.scanner.scan(found.place),
    )
    must_be_clean(services, whole)
    return whole
