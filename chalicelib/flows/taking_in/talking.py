"""The web chat as a page: somebody writes and reads, with or without scripts, and comes back later.

The browser keeps the visitor's signed id in a cookie; everything else is the chat as it is
(``flows/taking_in/chatting.py``).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chalicelib.channels.chat.rules import NAME
from chalicelib.channels.chat.visitor import HEADER, session_of
from chalicelib.channels.contract import WebhookRequest
from chalicelib.domain.account import Account
from chalicelib.domain.case_number import in_threes
from chalicelib.domain.conversation import KeptMessage
from chalicelib.errors import BadSignature, InvalidInput, NotFound
from chalicelib.flows.citizen.assisting import beginning
from chalicelib.flows.citizen.cases import case_of, open_case
from chalicelib.flows.citizen.doors import enter
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in import chatting
from chalicelib.flows.taking_in.bringing import bring_along
from chalicelib.flows.taking_in.receiving import known_account
from chalicelib.store import directory, keys, references

WITH_FILE = "Zie het bestand."


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkView:
    """The chat so far, and the number of its case once there is one."""

    account: Account
    messages: tuple[KeptMessage, ...] = ()
    number: str | None = None


def chat_of(services: Services, account: str | None) -> Account:
    """The chat of this name, or the first. Raises ``NotFound`` or ``ChannelNotApproved``."""
    chats = [one for one in directory.accounts(services.table) if one.channel == NAME]
    wanted = next((one for one in chats if account in (None, one.account)), None)
    if wanted is None:
        raise NotFound("no such chat", channel=NAME)
    wanted.must_be_approved_for("answer", services.now())
    return wanted


def is_visitor(services: Services, account: str, visitor: str) -> bool:
    """Whether this browser was here before."""
    try:
        session_of(asked(visitor), services.secrets.of(NAME, account))
    except BadSignature:
        return False
    return True


def asked(visitor: str, body: bytes = b"") -> WebhookRequest:
    return WebhookRequest(method="POST", headers={HEADER: visitor}, body=body)


def view_talk(services: Services, account: Account, visitor: str) -> TalkView:
    """What this browser said and what we answered; empty for who is new."""
    if not is_visitor(services, account.account, visitor):
        return TalkView(account=account)
    told = chatting.read(services, account.account, asked(visitor))
    case = case_of(services, told[0].subject) if told else None
    number = in_threes(case.number) if case else None
    return TalkView(account=account, messages=tuple(told), number=number)


def write(
    services: Services,
    account: str,
    visitor: str,
    text: str,
    *,
    message_id: str,
    files: Sequence[Mapping[str, str]] = (),
) -> None:
    """Take a message in, once for each ``message_id``. Raises ``InvalidInput``."""
    text = text.strip() or (WITH_FILE if files else "")
    if not text:
        wrong = {"nl": "Schrijf eerst uw bericht.", "en": "First write your message."}
        raise InvalidInput("nothing to send", {"text": wrong})
    session = session_of(asked(visitor), services.secrets.of(NAME, account))
    fields = {
        "type": "message",
        "message_id": message_id,
        "session_id": session,
        "text": text,
        "attachments": [dict(one) for one in files],
    }
    body = json.dumps(fields, sort_keys=True).encode()
    chatting.say(services, account, asked(visitor, body), fields)


def bring(services: Services, account: str, name: str, body: bytes) -> str:
    """Keep a file for the next message; its key. Raises as ``bring_along`` does."""
    known_account(services, NAME, account)
    return bring_along(services, NAME, account, name, body)


def enter_dossier(services: Services, account: str, visitor: str) -> str:
    """From the chat into its dossier: a session. Raises ``NotFound`` or ``BadSignature``."""
    session = session_of(asked(visitor), services.secrets.of(NAME, account))
    lead = keys.thread(NAME, account, session)
    subject = references.thread_subject(services.table, lead, services.now())
    if subject is None:
        raise NotFound("nothing was said yet")
    conversation = found(services, subject)
    return enter(services, open_case(services, beginning(conversation, conversation.lang)))
