"""What came in is read: parse, accept every message first, then triage each."""

from dataclasses import replace
from datetime import UTC, datetime

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.offers import Collects
from chalicelib.domain.envelope import Envelope
from chalicelib.domain.message import Message, Parsed
from chalicelib.domain.moments import instant
from chalicelib.errors import BadPayload
from chalicelib.flows import nudges
from chalicelib.flows.answering.receipts import apply_receipt
from chalicelib.flows.assessing.triage import triage
from chalicelib.flows.running.canaries import without_canaries
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.accepting import accept
from chalicelib.flows.taking_in.arrival import Accepted, Arrival
from chalicelib.flows.taking_in.keeping import lane_of
from chalicelib.jobs.jobs import Lane
from chalicelib.log import logger
from chalicelib.store import directory, envelopes
from chalicelib.store.table import Key

TRIAGE_AT_ONCE = 5
"""With more messages than this in one envelope, each gets a nudge of its own."""


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
