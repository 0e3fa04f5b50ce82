"""A citizen's file is brought here: fetched, judged, kept, scanned; and destroyed in the end.

    owed (with its message, T1) → fetch → judge → bucket → scan → shown on asking → destroyed

Safe to run any number of times: a worker leases the file, and where its bytes lie was decided
before the first of them arrived, so that none is ever left behind unknown.
"""

import hashlib
from dataclasses import replace
from datetime import timedelta

from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.http import LARGEST_FILE
from chalicelib.channels.offers import FetchedMedia, FetchesMedia
from chalicelib.domain.media import (
    ACCESS_LOST_FOR,
    FETCH_LEASE,
    MAX_FETCHES,
    MAX_LOOKS,
    KeptMedia,
    Scan,
)
from chalicelib.domain.moments import later
from chalicelib.domain.principal import Principal
from chalicelib.domain.sniffing import judged
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelNotApproved,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
    Misconfigured,
    NotFound,
    OutcomeUnknown,
    TooLarge,
)
from chalicelib.flows import nudges
from chalicelib.flows.answering.delivering import usable_account
from chalicelib.flows.hinting import tell
from chalicelib.flows.running.access import access_refused
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.attached import new_place
from chalicelib.flows.taking_in.bringing import brought
from chalicelib.flows.taking_in.picturing import pictured
from chalicelib.flows.taking_in.unlocking import with_either_key
from chalicelib.jobs.jobs import LONGEST_DELAY, back_off
from chalicelib.log import logger
from chalicelib.store import access_log, kept_messages, keys, media
from chalicelib.store.codec import to_text
from chalicelib.store.table import ConditionFailed, Key

LOOK_AGAIN = timedelta(seconds=5)
"""Scanning takes seconds."""

TRY_ACCESS_AGAIN = timedelta(minutes=15)

TOO_LARGE = f"het bestand is groter dan {LARGEST_FILE // 1_000_000} MB"
DIED = "het ophalen brak elke keer halverwege af"
"""A worker that dies tells nothing; its leases do."""

MALWARE = "er is schadelijke software in gevonden"


def bring(services: Services, key: Key) -> KeptMedia | None:
    """Bring one file further, when it is due."""
    now = services.now()
    found = media.find(services.table, key, now)
    if found is None or found.due_at > now:
        return found
    try:
        if now >= found.ends_at or not has_message(services, found):
            destroy(services, found)
            return None
        if found.state == "waiting" and found.attempts >= MAX_FETCHES:
            return settle(services, found, replace(found, state="failed", reason=DIED))
        if found.state == "waiting":
            return fetch(services, lease(services, found))
        return look_at_scan(services, found)
    except ConditionFailed:
        return None  # another worker has it, or a person acted


def has_message(services: Services, found: KeptMedia) -> bool:
    """Whether the message that it came with is still there, and was not taken back."""
    key = Key(keys.conversation_partition(found.subject), found.message_sk)
    message = kept_messages.find(services.table, key, services.now())
    return message is not None and not message.deleted_at


def lease(services: Services, found: KeptMedia) -> KeptMedia:
    """Mine for a minute. Raises ``ConditionFailed`` when another worker was first."""
    due_at = later(services.now(), FETCH_LEASE)
    leased = replace(found, attempts=found.attempts + 1, due_at=due_at)
    services.table.write(media.saved(found, leased))
    return leased


def fetch(services: Services, leased: KeptMedia) -> KeptMedia:
    """Get the bytes, and write down what came of it."""
    try:
        fetched = fetched_from(services, leased)
    except TooLarge:
        return refuse(services, leased, TOO_LARGE)
    except ChannelThrottled as error:
        return try_again(services, leased, error.retry_after, error.reason)
    except (ChannelUnavailable, OutcomeUnknown) as error:
        return try_again(services, leased, back_off(leased.attempts), error.reason)
    except ChannelAccessLost as error:
        access_refused(services, leased.channel, leased.account, error.reason)
        return wait_for_access(services, leased, error.reason)
    except (ChannelError, ChannelNotApproved, Misconfigured) as error:
        reason = error.reason if isinstance(error, ChannelError) else error.message
        return settle(services, leased, replace(leased, state="failed", reason=reason))
    return keep(services, leased, fetched)


def fetched_from(services: Services, leased: KeptMedia) -> FetchedMedia:
    """The bytes, from the platform, with the approval checked right now."""
    if leased.given.size and leased.given.size > LARGEST_FILE:
        raise TooLarge("the file is too large", limit=LARGEST_FILE)
    account = usable_account(services, leased.channel, leased.account)
    settings = AccountSettings(account=account.account, settings=account.settings)
    channel = services.channel(leased.channel)
    if channel.rules.uploads:
        return brought(services, leased)
    if not isinstance(channel, FetchesMedia):
        raise ChannelRefused(leased.channel, "no-files", "van dit kanaal halen wij niets op")
    return with_either_key(
        services,
        leased.channel,
        leased.account,
        lambda secrets: channel.fetch_media(leased.given, settings, secrets, services.http),
    )


def keep(services: Services, leased: KeptMedia, fetched: FetchedMedia) -> KeptMedia:
    """Judge the bytes; those that may stay go to the bucket."""
    digest = hashlib.sha256(fetched.body).hexdigest()
    if leased.given.sha256 not in (None, digest):
        return try_again(services, leased, back_off(leased.attempts), "het kwam beschadigd aan")
    told = leased.given if leased.given.mime else replace(leased.given, mime=fetched.mime)
    verdict = judged(told, fetched.body)
    if verdict.refused:
        return refuse(services, leased, verdict.refused, mime=verdict.mime)
    services.bucket.put(leased.place, fetched.body)
    picture = pictured(fetched.body, verdict.mime)
    small = new_place() if picture.small else None
    stored = replace(
        leased,
        state="stored",
        attempts=0,
        reason=None,
        mime=verdict.mime,
        differs=verdict.differs,
        size=len(fetched.body),
        sha256=digest,
        small=small,
        blurred=picture.blurred,
        evidence=to_text(picture.evidence) if picture.evidence else None,
    )
    if small and picture.small:
        services.bucket.put(small, picture.small)
    return after_scan(services, leased, stored, services.scanner.scan(leased.place))


def look_at_scan(services: Services, found: KeptMedia) -> KeptMedia:
    """What became of the scan that was not finished."""
    looked = replace(found, attempts=found.attempts + 1)
    verdict = services.scanner.scan(found.place)
    if verdict == "pending" and looked.attempts >= MAX_LOOKS:
        verdict = "not_scanned"
    return after_scan(services, found, looked, verdict)


def after_scan(services: Services, before: KeptMedia, after: KeptMedia, verdict: Scan) -> KeptMedia:
    """Shown from now on, looked at again in a moment, or destroyed at once."""
    if verdict == "infected":
        return refuse(services, before, MALWARE, mime=after.mime, scan=verdict)
    if verdict != "pending":
        return settle(services, before, replace(after, scan=verdict))
    due_at = later(services.now(), LOOK_AGAIN)
    waiting = replace(after, scan=verdict, due_at=due_at)
    services.table.write(media.saved(before, waiting))
    services.jobs.send("media", nudges.media(media.key_of(waiting)), delay=LOOK_AGAIN)
    tell(services, waiting.subject)
    return waiting


def refuse(
    services: Services,
    before: KeptMedia,
    reason: str,
    *,
    mime: str | None = None,
    scan: Scan = "not_scanned",
) -> KeptMedia:
    """Nothing of it is kept but what it was, and why not."""
    remove_bytes(services, before)
    refused = replace(
        before, state="refused", reason=reason, mime=mime, scan=scan, small=None, blurred=None,
        evidence=None,
    )  # fmt: skip
    logger.info("file refused", channel=before.channel, mime=mime, reason=reason)
    return settle(services, before, refused)


def try_again(services: Services, leased: KeptMedia, after: timedelta, reason: str) -> KeptMedia:
    """Later, by the platform's word or our back-off; after many times a person decides."""
    if leased.attempts >= MAX_FETCHES:
        return settle(services, leased, replace(leased, state="failed", reason=reason))
    return wait(services, leased, leased.attempts, after, reason)


def wait_for_access(services: Services, leased: KeptMedia, reason: str) -> KeptMedia:
    """Without access this is nobody's attempt; it goes on until the platform's id has ended."""
    if services.now() >= later(leased.created_at, ACCESS_LOST_FOR):
        return settle(services, leased, replace(leased, state="failed", reason=reason))
    return wait(services, leased, 0, TRY_ACCESS_AGAIN, reason)


def wait(
    services: Services, leased: KeptMedia, attempts: int, after: timedelta, reason: str
) -> KeptMedia:
    due_at = later(services.now(), after)
    waiting = replace(leased, attempts=attempts, due_at=due_at, reason=reason)
    services.table.write(media.saved(leased, waiting))
    job = nudges.media(media.key_of(waiting))
    services.jobs.send("media", job, delay=min(after, LONGEST_DELAY))
    return waiting


def settle(services: Services, before: KeptMedia, after: KeptMedia) -> KeptMedia:
    """Nothing is owed any more until it is destroyed; open pages show it."""
    settled = replace(after, due_at=after.ends_at)
    services.table.write(media.saved(before, settled))
    tell(services, settled.subject)
    return settled


def destroy(services: Services, found: KeptMedia) -> None:
    """The bytes first: the item is all that knows where they are."""
    remove_bytes(services, found)
    services.table.write(media.gone(found))


def remove_bytes(services: Services, found: KeptMedia) -> None:
    if found.parts:
        services.bucket.in_parts.abandon(found.place, found.parts)
    for place in (found.place, found.small):
        if place:
            services.bucket.delete(place)


def fetch_again(services: Services, agent: Principal, subject: str, id_: str) -> None:
    """A person asks to try once more. Raises ``NotFound``; what did not fail stays as it is."""
    agent.must_be_allowed_to("answer")
    now = services.now()
    key = keys.media(subject, id_)
    found = media.find(services.table, key, now)
    if found is None:
        raise NotFound("no such file")
    if found.state != "failed":
        return
    again = replace(found, state="waiting", attempts=0, due_at=now, reason=None)
    services.table.write(
        media.saved(found, again), access_log.used(agent, "fetch_file", f"{subject}/{id_}", now)
    )
    services.jobs.send("media", nudges.media(key))
    tell(services, subject)
