"""How a message comes in: verify, keep the envelope, say 200. Everything else comes after.

receive_webhook   verify → keep_envelope → 200            (nothing else before the 200)
take_in           parse → accept every message first → then triage each
"""

import hashlib
import secrets as random
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from chalicelib.channels.contract import AccountSettings, Raw, WebhookRequest
from chalicelib.channels.offers import Collects, PolledPage
from chalicelib.domain.account import Account
from chalicelib.domain.envelope import Envelope
from chalicelib.domain.message import Message, Parsed
from chalicelib.domain.moments import instant
from chalicelib.errors import (
    BadPayload,
    BadSignature,
    ChannelNotApproved,
    NotFound,
    Rejected,
    StoreUnavailable,
    TooLarge,
)
from chalicelib.flows import nudges
from chalicelib.flows.answering.receipts import apply_receipt
from chalicelib.flows.assessing.triage import triage
from chalicelib.flows.running.canaries import without_canaries
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.accepting import accept
from chalicelib.flows.taking_in.arrival import Accepted, Arrival
from chalicelib.jobs.jobs import Lane
from chalicelib.log import logger
from chalicelib.store import directory, envelopes, refusals
from chalicelib.store.table import Key

LARGEST_BODY = 5_000_000
"""Bytes. Lambda takes 6 MB a request, base64 included for what is not text; WhatsApp's 1,000
updates in one POST stay well below."""

KEPT_HEADERS = ("content-type", "user-agent", "x-request-id")

TRIAGE_AT_ONCE = 5
"""With more messages than this in one envelope, each gets a nudge of its own."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The envelope is safe; its key."""

    key: Key


def answer_handshake(
    services: Services, channel: str, account: str, request: WebhookRequest
) -> str | dict[str, str]:
    """A platform checks our address: the text or object to answer. Raises ``BadSignature``.

    X lets go of us at once when its check fails, so this also works while the table is silent.
    """
    try:
        with suppress(StoreUnavailable):
            known_account(services, channel, account)
        secrets = services.secrets.of(channel, account)
        return services.channel(channel).handshake(request, secrets)
    except Rejected as error:
        count_refusal(services, channel, account, error)
        raise


def receive_webhook(
    services: Services, channel: str, account: str, request: WebhookRequest
) -> Kept:
    """A platform delivers: keep it and nudge. Whoever reads this returned may say 200.

    Raises ``TooLarge``, ``NotFound``, ``BadSignature``, ``ChannelNotApproved`` (all counted for
    the operator) or ``StoreUnavailable`` (the platform tries again).
    """
    try:
        if len(request.body) > LARGEST_BODY:
            raise TooLarge("the body is over 5 MB", limit=LARGEST_BODY)
        known = known_account(services, channel, account)
        secrets = services.secrets.of(channel, account)
        services.channel(channel).verify(request, secrets)
        known.must_be_approved_for("answer", services.now())
    except Rejected as error:
        count_refusal(services, channel, account, error)
        raise
    return keep_envelope(services, known, request)


def keep_envelope(services: Services, account: Account, request: WebhookRequest) -> Kept:
    """Keep the bytes with a due marker, then nudge. Each delivery is a receipt of its own."""
    envelope = Envelope(
        channel=account.channel,
        account=account.account,
        received_at=services.now(),
        digest=digest_of(request.body),
        headers={name: request.headers[name] for name in KEPT_HEADERS if name in request.headers},
    )
    return kept(services, envelope, request.body)


def keep_page(
    services: Services, account: Account, page: PolledPage, *, listened: bool, search: str = ""
) -> Kept:
    """Keep a page that we read ourselves, likewise; it is taken in like a delivery."""
    envelope = Envelope(
        channel=account.channel,
        account=account.account,
        received_at=services.now(),
        digest=digest_of(page.body),
        transport="poll",
        request=page.request,
        listened=listened,
        search=search,
    )
    return kept(services, envelope, page.body)


def digest_of(body: bytes) -> str:
    """The random tail keeps two equal deliveries within a millisecond apart."""
    return f"{hashlib.sha256(body).hexdigest()[:16]}-{random.token_hex(4)}"


def kept(services: Services, envelope: Envelope, body: bytes) -> Kept:
    """The bytes are safe before anybody is nudged."""
    key = envelopes.keep(services.table, services.bucket, envelope, body)
    services.jobs.send(lane_of(envelope), nudges.envelope(key))
    return Kept(key)


def lane_of(envelope: Envelope) -> Lane:
    """What was heard in public never holds up what was written to us."""
    return "listening" if envelope.listened else "direct"


def known_account(services: Services, channel: str, account: str) -> Account:
    """Our account of this name. Raises ``NotFound``."""
    services.channel(channel)
    found = directory.find_account(services.table, channel, account, strong=False)
    if found is None:
        raise NotFound("no such account", channel=channel)
    return found


REASONS: dict[type[Rejected], str] = {
    BadSignature: "bad signature",
    ChannelNotApproved: "not approved",
    NotFound: "unknown account",
    TooLarge: "too large",
}


def count_refusal(services: Services, channel: str, account: str, error: Rejected) -> None:
    """Let the operator see it. Unknown names are counted together: anybody can invent them."""
    known = not isinstance(error, NotFound)
    place = (channel, account) if known else ("unknown", "unknown")
    reason = error.facts.get("reason") or REASONS.get(type(error), type(error).__name__)
    logger.warning("delivery refused", channel=place[0], account=place[1], reason=reason)
    services.table.write(refusals.refused(*place, reason, services.now()))


def take_in(services: Services, key: Key) -> Envelope | None:
    """Parse an envelope, accept all its messages, then triage each.

    Safe to run twice: messages are unique by their reference, and the due marker goes last.
    """
    found = envelopes.load(services.table, services.bucket, key, services.now())
    if found is None or found[0].state == "parsed":
        return None
    envelope, body = found
    try:
        parsed = without_canaries(services, envelope, parse(services, envelope, body))
    except BadPayload as error:
        return set_aside(services, envelope, error)
    messages = in_order(parsed.messages) if envelope.transport == "poll" else parsed.messages
    owed = len(messages) > TRIAGE_AT_ONCE  # else this envelope stays owed until all is triaged
    arrivals = [Arrival(envelope, key, message) for message in messages]
    accepted = [accept(services, arrival, owed=owed) for arrival in arrivals]
    for receipt in (*parsed.statuses, *parsed.noted):
        apply_receipt(services, envelope, receipt)
    triage_each(services, [one.message for one in accepted if one.message], lane_of(envelope))
    fetch_each(services, [key for one in accepted for key in one.media])
    return settle(services, envelope, parsed, accepted)


def parse(services: Services, envelope: Envelope, body: bytes) -> Parsed:
    """Everything in the envelope. Raises ``BadPayload`` when it cannot be read as a whole."""
    account = directory.find_account(
        services.table, envelope.channel, envelope.account, strong=False
    )
    raw = Raw(
        body=body,
        received_at=instant(envelope.received_at),
        transport=envelope.transport,
        headers=envelope.headers,
        request={"line": envelope.request} if envelope.request else {},
    )
    settings = AccountSettings(
        account=envelope.account, settings=account.settings if account else {}
    )
    channel = services.channel(envelope.channel)
    if isinstance(channel, Collects):
        raw = replace(raw, objects=channel.collect(raw, services.http))
    parsed = channel.parse(raw, settings)
    if parsed.oddities:
        logger.info("elements set aside", channel=envelope.channel, why=list(parsed.oddities))
    return parsed


def set_aside(services: Services, envelope: Envelope, error: BadPayload) -> Envelope:
    """Authentic but unreadable: kept, visible to the operator, replayable after a fix."""
    unreadable = replace(envelope, state="unreadable", reason=error.message)
    logger.error("envelope unreadable", channel=envelope.channel, reason=error.message)
    services.table.write(envelopes.outcome(unreadable))
    return unreadable


def in_order(messages: tuple[Message, ...]) -> list[Message]:
    """Pages come newest first; a conversation reads better in the order it was written in."""
    oldest_first = reversed(messages)
    return sorted(oldest_first, key=lambda one: one.timestamp or datetime.max.replace(tzinfo=UTC))


def triage_each(services: Services, messages: list[Key], lane: Lane) -> None:
    """A few at once, many by a nudge each, so that one envelope never holds up a lane."""
    if len(messages) > TRIAGE_AT_ONCE:
        services.jobs.send(lane, *(nudges.message(key) for key in messages))
        return
    for key in messages:
        triage(services, key)


def fetch_each(services: Services, files: list[Key]) -> None:
    """A nudge for each file, in a lane of their own: a film holds up no message."""
    if files:
        services.jobs.send("media", *(nudges.media(key) for key in files))


def settle(
    services: Services, envelope: Envelope, parsed: Parsed, accepted: list[Accepted]
) -> Envelope:
    """Write what became of the envelope; from here it owes nothing."""
    new = sum(one.new for one in accepted)
    outcome = replace(
        envelope,
        state="parsed",
        accepted=new,
        duplicates=len(accepted) - new,
        ignored=parsed.ignored,
        statuses=len(parsed.statuses),
    )
    services.table.write(envelopes.outcome(outcome))
    return outcome
