"""A colleague writes down what a citizen says, by phone, at the counter or in the street.

It comes in as any message does: kept as an envelope that our desk signed, assessed, placed on the
queue. Who is recognised as somebody who wrote before is joined to them with a ground, and the
matter goes on under its number; else it gets one that can be read aloud.
"""

import json
from contextlib import suppress
from dataclasses import dataclass

from chalicelib.channels.reachable import read_mailbox, read_phone
from chalicelib.channels.spoken.rules import LONGEST_TEXT, NAME
from chalicelib.channels.spoken.signature import signed
from chalicelib.domain.case import is_over
from chalicelib.domain.case_number import in_threes
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.principal import Principal
from chalicelib.domain.spoken import ENDINGS, WAYS, AnswerWay
from chalicelib.errors import AlreadyClaimed, InvalidInput, NotFound, StaleVersion
from chalicelib.flows.answering.elsewhere import own_account
from chalicelib.flows.citizen.cases import Beginning, case_of, continue_case, open_case
from chalicelib.flows.citizen.joining import LONGEST_GROUND, join
from chalicelib.flows.desk.queueing import finish, found
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.intake import take_in
from chalicelib.flows.taking_in.receiving import receive_webhook
from chalicelib.store import access_log, keys, queue, references

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the colleague typed. ``reach`` is a phone number or mailbox, where one was given.

    ``answer`` says what may go there: ``call``, ``write`` or nothing. ``earlier`` is the
    conversation of the citizen whom they recognised, on the ``ground`` that they give. ``ending``
    closes the matter at once. The same ``message_id`` is written down once.
    """

    message_id: str
    way: str
    text: str
    name: str = ""
    reach: str = ""
    answer: str = ""
    earlier: str = ""
    ground: str = ""
    ending: str = ""


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """Where it stands, the number to read aloud, and whether it was closed as was asked."""

    subject: str
    number: str
    closed: bool


def write_down(services: Services, agent: Principal, heard: Heard) -> WrittenDown:
    """Take it in, once. Raises ``InvalidInput``, ``NotFound`` or ``ChannelNotApproved``."""
    agent.must_be_allowed_to("answer")
    check(heard)
    account = own_account(services, NAME, agent.team)
    if account is None:
        raise NotFound("no account to write down what is said", channel=NAME)
    earlier = found(services, heard.earlier) if heard.earlier else None
    handle = handle_of_speaker(heard, earlier)
    request = signed(body_of(heard, handle, agent), services.secrets.of(NAME, account.account))
    kept = receive_webhook(services, NAME, account.account, request)
    take_in(services, kept.key)
    conversation = spoken_by(services, account.account, handle)
    log = access_log.used(agent, "write_down", conversation.subject, services.now())
    services.table.write(log)
    number = belong(services, agent, conversation, earlier, heard.ground)
    closed = bool(heard.ending) and close(services, agent, conversation.subject, heard.ending)
    return WrittenDown(conversation.subject, in_threes(number), closed)


def check(heard: Heard) -> None:
    """Raises ``InvalidInput`` naming every field that is missing or wrong."""
    wrong: dict[str, dict[str, str]] = {}
    if heard.way not in WAYS:
        wrong["way"] = {"nl": "Kies hoe je de inwoner sprak.", "en": "Choose how you spoke."}
    if not 0 < len(heard.text.strip()) <= LONGEST_TEXT:
        wrong["text"] = {
            "nl": "Schrijf op wat de inwoner vertelt.",
            "en": "Write down what the citizen tells.",
        }
    if len(heard.name) > LONGEST_NAME:
        wrong["name"] = {"nl": "Deze naam is te lang.", "en": "This name is too long."}
    if heard.reach.strip() and address_in(heard) is None:
        wrong["reach"] = {
            "nl": "Dit is geen telefoonnummer of e-mailadres.",
            "en": "This is not a phone number or e-mail address.",
        }
    if heard.answer and answer_to(heard) is None:
        wrong["answer"] = {
            "nl": "Vraag eerst een nummer of adres. Bellen kan alleen op een nummer.",
            "en": "Ask for a number or address first. Calling takes a number.",
        }
    if heard.earlier and not 0 < len(heard.ground.strip()) <= LONGEST_GROUND:
        wrong["ground"] = {
            "nl": "Vul in waaraan je de inwoner herkent.",
            "en": "Say by what you recognise the citizen.",
        }
    if heard.ending and heard.ending not in ENDINGS:
        wrong["ending"] = {"nl": "Kies een uitkomst.", "en": "Choose an outcome."}
    if wrong:
        raise InvalidInput("not written down", wrong)


def address_in(heard: Heard) -> str | None:
    return read_phone(heard.reach) or read_mailbox(heard.reach)


def answer_to(heard: Heard) -> AnswerWay | None:
    """The way that the citizen gave; written answers go by text message or mail."""
    phone, mailbox = read_phone(heard.reach), read_mailbox(heard.reach)
    if heard.answer == "call":
        return AnswerWay("call", phone) if phone else None
    if heard.answer != "write":
        return None
    if phone:
        return AnswerWay("sms", phone)
    return AnswerWay("email", mailbox) if mailbox else None


def handle_of_speaker(heard: Heard, earlier: Conversation | None) -> str:
    """By what we know them again: as before, their number or address, or whom we recognised."""
    if earlier and earlier.channel == NAME:
        return earlier.author_id
    return address_in(heard) or (f"contact-{earlier.contact}" if earlier else heard.message_id)


def body_of(heard: Heard, handle: str, agent: Principal) -> bytes:
    """What our desk signs and keeps."""
    told = {
        "message_id": heard.message_id,
        "way": heard.way,
        "text": heard.text,
        "written_by": agent.name,
        "handle": handle,
        "name": heard.name.strip(),
        "answer_to": str(answer_to(heard) or ""),
    }
    return json.dumps({name: value for name, value in told.items() if value}).encode()


def spoken_by(services: Services, account: str, handle: str) -> Conversation:
    """The conversation in which it stands now."""
    lead = keys.thread(NAME, account, handle)
    return found(services, references.thread_subject(services.table, lead, services.now()) or "")


def belong(
    services: Services,
    agent: Principal,
    conversation: Conversation,
    earlier: Conversation | None,
    ground: str,
) -> str:
    """The number of its case: the one that it had, or a new one. Who was recognised is joined."""
    if earlier and earlier.contact != conversation.contact:
        with suppress(StaleVersion):  # somebody recorded it before
            join(services, agent, conversation.contact, earlier.contact, ground)
    known = case_of(services, earlier.subject) if earlier else None
    if known and not is_over(known, services.now()):
        continue_case(services, conversation, known)
        return known.number
    beginning = Beginning(
        subject=conversation.subject,
        channel=NAME,
        account=conversation.account,
        team=conversation.team,
    )
    return open_case(services, beginning).number


def close(services: Services, agent: Principal, subject: str, ending: str) -> bool:
    """Done, unless detection heard danger: then somebody looks at it first, whoever wrote it."""
    item = queue.find(services.table, subject, services.now())
    if item and item.emergency:
        return False
    with suppress(AlreadyClaimed):
        finish(services, agent, subject, ending=ending)
        return True
    return False
