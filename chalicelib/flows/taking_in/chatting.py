"""The web chat: a visitor of our page writes, and reads there what we answer.

    welcome ──▶ say ──▶ (an agent answers) ──▶ hint over the socket ──▶ read

Who a visitor is we do not know: only that it is the same browser, by an id that we signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.channels.chat.rules import NAME, check_chat
from chalicelib.channels.chat.visitor import session_of, signed
from chalicelib.channels.contract import WebhookRequest
from chalicelib.channels.taming import text_of
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotFound
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.bringing import bring_along
from chalicelib.flows.taking_in.keeping import Kept
from chalicelib.flows.taking_in.receiving import known_account, receive_webhook
from chalicelib.store import access_log, deliveries, kept_messages, keys, references, sessions


@dataclass(frozen=True, slots=True)
class Welcome:
    """A new visitor: the id of their session, and what their page shows at each request."""

    session: str
    visitor: str


def welcome(services: Services, account: str) -> Welcome:
    """Let somebody in. Raises ``NotFound`` or ``ChannelNotApproved``."""
    known_account(services, NAME, account).must_be_approved_for("answer", services.now())
    session = sessions.new_secret()
    return Welcome(session, signed(session, services.secrets.of(NAME, account)))


def say(
    services: Services, account: str, request: WebhookRequest, fields: Mapping[str, Any]
) -> Kept:
    """Keep what a visitor's page sends, byte for byte.

    Raises ``InvalidInput``, ``NotFound`` for a receipt of what was never theirs, or what
    ``receive_webhook`` raises.
    """
    if fields.get("type") == "message":
        check_chat(fields)
    elif fields.get("message_id"):
        must_be_theirs(services, account, request, text_of(fields, "message_id"))
    return receive_webhook(services, NAME, account, request)


def bring(services: Services, account: str, request: WebhookRequest, name: str) -> str:
    """Keep a visitor's file for their next message; its key. Raises as ``bring_along`` does.

    Raises ``BadSignature`` for who is no visitor of ours.
    """
    known_account(services, NAME, account)
    session = session_of(request, services.secrets.of(NAME, account))
    return bring_along(services, NAME, account, name, request.body, who=session)


def must_be_theirs(
    services: Services, account: str, request: WebhookRequest, reply_id: str
) -> None:
    """Nobody says of another's answer that it was read. Raises ``NotFound``."""
    session = session_of(request, services.secrets.of(NAME, account))
    delivery = deliveries.find(services.table, reply_id, services.now())
    theirs = (NAME, account, session)
    if delivery is None or (delivery.channel, delivery.account, delivery.to) != theirs:
        raise NotFound("no such answer")


def read(services: Services, account: str, request: WebhookRequest) -> list[KeptMessage]:
    """What the visitor wrote and what we answered. Raises ``BadSignature`` or ``NotFound``."""
    now = services.now()
    known_account(services, NAME, account)
    session = session_of(request, services.secrets.of(NAME, account))
    lead = keys.thread(NAME, account, session)
    subject = references.thread_subject(services.table, lead, now)
    if subject is None:
        return []
    kept = kept_messages.listing(services.table, subject, now)
    services.table.write(access_log.read(visitor(account, session), "read_answers", subject, now))
    return [one for one in kept if one.direction == "in" or one.state == "sent"]


def give_ticket(services: Services, account: str, request: WebhookRequest) -> str:
    """A ticket, good once and for a minute, for a socket that tells of new answers."""
    known_account(services, NAME, account)
    session = session_of(request, services.secrets.of(NAME, account))
    secret = sessions.new_secret()
    services.table.write(sessions.ticket(secret, visitor(account, session), services.now()))
    return secret


def visitor(account: str, session: str) -> Principal:
    """Who acts: somebody of whom we know nothing. Watches no list but their own."""
    watched = keys.visitor_list(NAME, account, session)
    return Principal(id="citizen", name="inwoner", role="system", team=watched)
