"""What a citizen told elsewhere, found while they speak: nobody tells their story twice.

By the number of their case as they read it aloud, by their phone number, or by words. Each look is
in the log of use. A number or a name proves nothing: who it is, a colleague asks and decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from chalicelib.channels.reachable import read_mailbox, read_phone
from chalicelib.domain.case_number import LENGTH, in_threes, read_number
from chalicelib.domain.contact import handle_of
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import excerpt
from chalicelib.errors import InvalidInput
from chalicelib.flows.assessing.beginning import contact_id
from chalicelib.flows.citizen.cases import case_of
from chalicelib.flows.citizen.joining import one_person
from chalicelib.flows.desk import searching
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.services import Services
from chalicelib.store import access_log, cases, contacts, conversations, kept_messages

By = Literal["number", "address", "words"]
PURPOSE = "help_now"
MONTHS = 3
AT_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A conversation that may be the speaker's: what they said last there, and their case."""

    conversation: Conversation
    said: str
    number: str


@dataclass(frozen=True, slots=True)
class EarlierView:
    """What was found, the last one first, and by what."""

    by: By
    found: list[Earlier]


def find_earlier(services: Services, agent: Principal, asked: str) -> EarlierView:
    """Raises ``InvalidInput`` for nothing, or a number of which a digit was misheard."""
    agent.must_be_allowed_to("search")
    number = read_number(asked)
    if number:
        return view(services, agent, "number", number, of_case(services, number))
    address = read_phone(asked) or read_mailbox(asked)
    if address:
        return view(services, agent, "address", address, of_address(services, address))
    must_be_no_misheard_number(asked)
    hits = searching.find(services, agent, asked, PURPOSE, MONTHS).found
    return shown(services, "words", (one.conversation for one in hits))


def chosen(services: Services, agent: Principal, subject: str) -> EarlierView:
    """The one conversation that a colleague comes from."""
    agent.must_be_allowed_to("read_conversation")
    one = found(services, subject)
    services.table.write(access_log.read(agent, "read_conversation", subject, services.now()))
    return shown(services, "number", [one])


def must_be_no_misheard_number(asked: str) -> None:
    digits = "".join(one for one in asked if one.isdigit())
    if len(digits) == LENGTH and not any(one.isalpha() for one in asked):
        wrong = {
            "nl": "Dit nummer kan niet: er is een cijfer verkeerd gehoord. Vraag het nog eens.",
            "en": "This cannot be a number of ours: a digit was misheard. Ask again.",
        }
        raise InvalidInput("the check digit is wrong", {"find": wrong})


def of_case(services: Services, number: str) -> Iterable[Conversation]:
    now = services.now()
    for link in cases.links(services.table, number, now):
        one = conversations.find(services.table, link.subject, now)
        if one:
            yield one


def of_address(services: Services, address: str) -> Iterable[Conversation]:
    """Of who writes from it, and of all whom colleagues joined to them."""
    as_given = ((channel, address) for channel in ("spoken", "form", "sms", "email"))
    for channel, id_ in (*as_given, ("whatsapp", address.removeprefix("+"))):
        for contact in one_person(services, contact_id(handle_of(channel, id_))):
            yield from contacts.conversations_of(services.table, contact, services.now())


def view(
    services: Services, agent: Principal, by: By, asked: str, all_of: Iterable[Conversation]
) -> EarlierView:
    """The same, with a line in the log of use."""
    now = services.now()
    services.table.write(access_log.used(agent, "search", asked, now, PURPOSE))
    return shown(services, by, all_of)


def shown(services: Services, by: By, all_of: Iterable[Conversation]) -> EarlierView:
    once = {one.subject: one for one in all_of}
    latest = sorted(once.values(), key=lambda one: one.inbound_at, reverse=True)
    return EarlierView(by, [as_earlier(services, one) for one in latest[:AT_MOST]])


def as_earlier(services: Services, conversation: Conversation) -> Earlier:
    newest = kept_messages.newest_inbound(services.table, conversation.subject, services.now())
    case = case_of(services, conversation.subject)
    return Earlier(
        conversation=conversation,
        said=excerpt(newest.text) if newest else "",
        number=in_threes(case.number) if case else "",
    )
