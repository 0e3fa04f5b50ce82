"""A platform delivers: verify, keep the envelope, say 200. Everything else comes after."""

from contextlib import suppress

from chalicelib.channels.contract import WebhookRequest
from chalicelib.domain.account import Account
from chalicelib.errors import (
    BadSignature,
    ChannelNotApproved,
    NotFound,
    Rejected,
    StoreUnavailable,
    TooLarge,
)
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.keeping import Kept, keep_envelope
from chalicelib.log import logger
from chalicelib.store import directory, refusals

LARGEST_BODY = 5_000_000
"""Bytes. Lambda takes 6 MB a request, base64 included for what is not text; WhatsApp's 1,000
updates in one POST stay well below."""


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
