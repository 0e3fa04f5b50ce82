"""Who took a matter over says that they have it and how far they are, or an agent does for them."""

from dataclasses import replace

from chalicelib.domain.card import Card, Status
from chalicelib.domain.conversation import EventWhat
from chalicelib.domain.incident import is_incident
from chalicelib.domain.principal import SYSTEM, Principal
from chalicelib.errors import NotFound
from chalicelib.flows import nudges
from chalicelib.flows.alarming import clear_alarm
from chalicelib.flows.citizen.cases import case_of, news, tell_news
from chalicelib.flows.desk.card_changes import alarm_of, event, must_exist, write
from chalicelib.flows.services import Services
from chalicelib.store import access_log, cards, keys

LONGEST_NAME = 100

STATUS_EVENT: dict[Status, EventWhat] = {"under_way": "passed_under_way", "done": "passed_done"}


def behind_link(services: Services, secret: str) -> Card:
    """The card of a receipt link, for who got it. Raises ``NotFound``."""
    now = services.now()
    card = cards.linked(services.table, secret, now)
    if card is None:
        raise NotFound("no such card")
    about = f"{card.subject}:{card.receiver}"
    services.table.write(access_log.read(SYSTEM, "read_card", about, now))
    return card


def receive(services: Services, secret: str, taken_by: str) -> Card:
    """The receiver says that they have it; saying so twice changes nothing. Raises ``NotFound``."""
    card = behind_link(services, secret)
    by = taken_by.strip()[:LONGEST_NAME] or card.receiver_name
    return taken(services, card, by, SYSTEM)


def told_by_phone(services: Services, agent: Principal, subject: str, card_id: str) -> Card:
    """An agent called, and they have it now. Raises ``NotFound``."""
    agent.must_be_allowed_to("answer")
    card = must_exist(services, keys.card(subject, card_id))
    return taken(services, card, f"telefonisch, {agent.name}", agent)


def taken(services: Services, card: Card, by: str, principal: Principal) -> Card:
    if card.state == "received":
        return card
    now = services.now()
    due_at = now if is_incident(card.subject) else None
    after = replace(
        card, state="received", received_at=now, taken_by=by, due_at=due_at, trouble=None
    )
    happened = event(card, "passed_received", by, principal.id, now)
    case = case_of_conversation(services, card)
    if not write(services, card, after, happened, *news(services, case, "with_unit")):
        return taken(services, must_exist(services, cards.key_of(card)), by, principal)
    clear_alarm(services, alarm_of(card))
    tell_news(services, case)
    tell_on(services, after)
    return after


def say_status(services: Services, card: Card, status: Status, by: str, actor: str) -> Card:
    """How far they are; who says so has it too. The same twice changes nothing."""
    if card.status == status:
        return card
    now = services.now()
    due_at = now if is_incident(card.subject) else None
    after = replace(card, status=status, status_at=now, due_at=due_at)
    if not write(services, card, after, event(card, STATUS_EVENT[status], by, actor, now)):
        return say_status(services, must_exist(services, cards.key_of(card)), status, by, actor)
    tell_on(services, after)
    return after


def status_by_link(services: Services, secret: str, status: Status) -> Card:
    """The receiver says how far they are, by their link. Raises ``NotFound``."""
    card = behind_link(services, secret)
    if card.state != "received":
        card = taken(services, card, card.receiver_name, SYSTEM)
    return say_status(services, card, status, card.taken_by or card.receiver_name, SYSTEM.id)


def case_of_conversation(services: Services, card: Card) -> str | None:
    """The case whose citizen is told at once; those of an incident are told one by one."""
    case = None if is_incident(card.subject) else case_of(services, card.subject)
    return case.number if case else None


def tell_on(services: Services, card: Card) -> None:
    """Those who reported the incident are to know; owed until they do."""
    if card.due_at:
        services.jobs.send("deliver", nudges.card(cards.key_of(card)))
