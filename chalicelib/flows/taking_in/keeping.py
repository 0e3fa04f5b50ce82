"""Envelopes are kept, with a due marker, before anybody is nudged."""

import hashlib
import secrets as random
from dataclasses import dataclass

from chalicelib.channels.contract import WebhookRequest
from chalicelib.channels.offers import PolledPage
from chalicelib.domain.account import Account
from chalicelib.domain.envelope import Envelope
from chalicelib.flows import nudges
from chalicelib.flows.services import Services
from chalicelib.jobs.jobs import Lane
from chalicelib.store import envelopes
from chalicelib.store.table import Key

KEPT_HEADERS = ("content-type", "user-agent", "x-request-id")


@dataclass(frozen=True, slots=True)
class Kept:
    """The envelope is safe; its key."""

    key: Key


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
