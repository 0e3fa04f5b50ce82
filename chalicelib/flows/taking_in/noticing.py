"""What AWS tells through its topics: mail and text messages that came in, and receipts.

SNS hands each notice to a queue of ours, which only SNS may write to: IAM is the signature. From
here on a notice is a delivery like any other: kept first, parsed after.
"""

import json
from collections.abc import Iterator
from typing import Any

from chalicelib.channels.gathering import Gathering
from chalicelib.channels.notices import notices
from chalicelib.channels.taming import list_of, read_object, text_of
from chalicelib.domain.account import Account
from chalicelib.domain.envelope import Envelope
from chalicelib.errors import NotFound, Rejected
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.keeping import Kept, digest_of, kept
from chalicelib.flows.taking_in.receiving import count_refusal, known_account
from chalicelib.log import logger

Addressed = tuple[str, str]
"""A channel and the name of one of our accounts on it."""


def receive_notice(services: Services, notice: bytes) -> Kept | None:
    """Keep one notice of SNS, as its queue handed it over; None when it is for none of us.

    Raises ``BadPayload`` for what is no notice, and ``StoreUnavailable`` (it then comes again).
    """
    body = {"Records": [{"EventSource": "aws:sns", "Sns": read_object(notice)}]}
    named = list(addressed(body))
    if not named:
        logger.info("a notice about nothing of ours")
        return None
    try:
        account = first_known(services, named)
        account.must_be_approved_for("answer", services.now())
    except Rejected as error:
        count_refusal(services, *named[0], error)
        return None
    return keep_notice(services, account, json.dumps(body).encode())


def keep_notice(services: Services, account: Account, body: bytes) -> Kept:
    """Keep the notice with a due marker, then nudge. What it points at is fetched when parsed."""
    envelope = Envelope(
        channel=account.channel,
        account=account.account,
        received_at=services.now(),
        digest=digest_of(body),
        transport="lambda_sns",
    )
    return kept(services, envelope, body)


def first_known(services: Services, named: list[Addressed]) -> Account:
    """The first of these that is an account of ours. Raises ``NotFound``."""
    for channel, name in named:
        try:
            return known_account(services, channel, name)
        except NotFound:
            continue
    raise NotFound("no such account", channel=named[0][0])


def addressed(body: dict[str, Any]) -> Iterator[Addressed]:
    """The accounts that a notice may be for: who got it, or who sent what it is a receipt of."""
    for told in (notice.told for notice in notices(body, Gathering())):
        if "inboundMessageId" in told:
            yield "sms", text_of(told, "destinationNumber")
        elif text_of(told, "eventType").startswith("TEXT_"):
            yield "sms", text_of(told, "originationPhoneNumber")
        elif text_of(told, "notificationType") == "Received":
            to = list_of(told, "receipt", "recipients") or list_of(told, "mail", "destination")
            yield from (("email", text_of(one).lower()) for one in to)
        elif "mail" in told:
            yield "email", text_of(told, "mail", "source").lower()
