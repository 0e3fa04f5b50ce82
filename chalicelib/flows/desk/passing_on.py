"""A matter goes to a police unit or the operational centre, on a card that an agent checked.

Written down first, sent after; owed until somebody over there said that they have it. Sending twice
does no harm: a card has one id, by which a receiver knows it again.
"""

from dataclasses import replace

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.card import (
    FIELDS,
    LONGEST,
    RECEIVED_WITHIN,
    WORRYING,
    Card,
    Receiver,
    Status,
    Told,
    next_attempt,
)
from chalicelib.domain.conversation import Event, EventWhat, KeptMessage
from chalicelib.domain.dutch_time import local
from chalicelib.domain.incident import is_incident
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import SYSTEM, Principal
from chalicelib.domain.whereabouts import Candidate
from chalicelib.errors import InvalidInput, NotFound, ReceiverAway
from chalicelib.flows import nudges
from chalicelib.flows.alarming import clear_alarm, raise_alarm
from chalicelib.flows.assessing.locating import locate_among
from chalicelib.flows.citizen.cases import case_of, news, tell_news
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.hinting import tell, tell_teams
from chalicelib.flows.incidents.coordinating import found as incident_found
from chalicelib.flows.incidents.coordinating import view_incident
from chalicelib.flows.incidents.rolling_up import CHANNEL
from chalicelib.flows.incidents.telling_reporters import tell_reporters
from chalicelib.flows.services import Services
from chalicelib.intake.engine import heard, outcome
from chalicelib.intake.state import Said, State
from chalicelib.log import logger
from chalicelib.store import access_log, cards, conversations, keys, sessions
from chalicelib.store.codec import from_text
from chalicelib.store.table import ConditionFailed, Key, Operation

LONGEST_NAME = 100


def proposed(services: Services, agent: Principal, subject: str) -> Told:
    """What the citizen wrote, in the fields of a card; empty where they did not say.

    To be read and corrected by a person: it is cut from their words, by rules.
    """
    agent.must_be_allowed_to("answer")
    if is_incident(subject):
        return of_incident(services, agent, subject)
    now = services.now()
    kept = conversations.messages(services.table, found(services, subject).subject, now)
    services.table.write(access_log.read(agent, "read_conversation", subject, now))
    told = [one for one in kept if one.direction == "in" and one.assessment and not one.deleted_at]
    if not told:
        return Told()
    slots = slots_of(told)
    slots["direction"] = slots.pop("suspect_direction", "")
    slots["where"] = where(locate_among(told[-1], kept).best, slots.get("where", ""))
    return Told(**{name: slots.get(name, "")[:LONGEST] for name in FIELDS})


def of_incident(services: Services, agent: Principal, subject: str) -> Told:
    """What is known of an event by all that was told of it: no citizen's name, and no number."""
    incident = view_incident(services, agent, subject).incident
    begun = local(incident.first_at)
    counts = f"{incident.reporters} melders, {incident.messages} berichten"
    return Told(
        what=f"{incident.title} ({counts})"[:LONGEST],
        where=incident.where[:LONGEST],
        when=f"eerste melding {begun:%d-%m-%Y %H:%M}",
    )


def slots_of(told: list[KeptMessage]) -> dict[str, str]:
    """What the intake hears in these messages, by slot."""
    state = State()
    for one in told:
        assessment = from_text(Assessment, one.assessment or "")
        state = heard(state, Said(text=one.text, channel=one.channel, assessment=assessment))
    return dict(outcome(state).slots)


def where(place: Candidate | None, said: str) -> str:
    """The citizen's own words for the place, and what maps call it where that is clear."""
    if place is None:
        return said
    name = place.name
    if place.gemeente and place.gemeente not in name:
        name = f"{name}, {place.gemeente}"
    return name if not said or said.casefold() in name.casefold() else f"{said} (kaart: {name})"


def receivers(services: Services, agent: Principal) -> list[Receiver]:
    """To whom a matter can go."""
    agent.must_be_allowed_to("answer")
    return cards.receivers(services.table)


def passed_on(services: Services, reader: Principal, subject: str) -> list[Card]:
    """What was passed on of a conversation, newest first."""
    reader.must_be_allowed_to("read_conversation")
    return cards.of_conversation(services.table, subject, services.now())


def pass_on(
    services: Services,
    agent: Principal,
    subject: str,
    *,
    receiver: str,
    told: Told,
    card_id: str,
) -> Card:
    """Write the card down and send it on its way; the same id again answers with the first.

    Raises ``InvalidInput`` when nobody could act on it, ``NotFound``.
    """
    agent.must_be_allowed_to("answer")
    channel = CHANNEL if is_incident(subject) else found(services, subject).channel
    if channel == CHANNEL:
        incident_found(services, subject)
    to = {one.id: one for one in cards.receivers(services.table)}.get(receiver)
    check(to, told, card_id)
    now = services.now()
    assert to is not None  # noqa: S101  checked above
    card = Card(
        id=card_id,
        subject=subject,
        receiver=to.id,
        receiver_name=to.name,
        receiver_kind=to.kind,
        told=told,
        by=agent.id,
        name=agent.name,
        at=now,
        due_at=next_attempt(0, now),
    )
    try:
        services.table.write(
            cards.first(card, channel),
            conversations.happened(subject, event(card, "passed_on", agent.name, agent.id, now)),
            access_log.used(agent, "pass_on", f"{subject}:{to.id}", now),
        )
    except ConditionFailed:
        return must_exist(services, cards.key_of(card))
    services.jobs.send("deliver", nudges.card(cards.key_of(card)))
    tell_desk(services, subject)
    return card


def check(receiver: Receiver | None, told: Told, card_id: str) -> None:
    """Raises ``InvalidInput``: without a receiver, and what or where, nobody can act."""
    wrong: dict[str, dict[str, str]] = {}
    if receiver is None:
        wrong["naar"] = {"nl": "Kies wie dit overneemt.", "en": "Choose who takes this over."}
    if not told.what.strip():
        wrong["what"] = {"nl": "Vul in wat er is.", "en": "Say what is the matter."}
    if not told.where.strip() and receiver and receiver.kind == "centre":
        text = "Vul in waar, of schrijf dat dit onbekend is."
        wrong["where"] = {"nl": text, "en": "Say where, or write that it is unknown."}
    if any(len(getattr(told, name)) > LONGEST for name in FIELDS):
        text = f"Hoogstens {LONGEST} tekens per vak."
        wrong["long"] = {"nl": text, "en": f"At most {LONGEST} characters a field."}
    if not (card_id.isalnum() and card_id.isascii()):
        wrong["card_id"] = {"nl": "Laad de pagina opnieuw.", "en": "Load the page again."}
    if wrong:
        raise InvalidInput("nobody could act on this card", wrong)


def send_card(services: Services, key: Key) -> None:
    """Bring a card further: send it, or say aloud that nobody has it. Run by job and by sweep."""
    card = must_exist(services, key)
    if card.state == "owed":
        send(services, card)
    elif card.state == "sent" and card.due_at and services.now() >= card.late_at:
        unanswered(services, card)
    elif card.state == "received" and card.due_at:
        tell_reporters(services, card)
        write(services, card, replace(card, due_at=None), None)


def send(services: Services, card: Card) -> None:
    """One attempt. A later one follows when the receiver is away."""
    now = services.now()
    secret = sessions.new_secret()
    services.table.write(cards.receipt_link(secret, card, now))
    try:
        to = still_there(services, card.receiver)
        services.receivers.send(to, card, f"{services.public_url}/kaart/{secret}")
    except ReceiverAway as away:
        return tried_in_vain(services, card, away)
    late = later(now, RECEIVED_WITHIN[card.receiver_kind])
    after = replace(
        card, state="sent", attempts=card.attempts + 1, sent_at=now, due_at=late, trouble=None
    )
    write(services, card, after, event(card, "passed_sent", SYSTEM.name, SYSTEM.id, now))
    return None


def still_there(services: Services, receiver: str) -> Receiver:
    """The receiver. Raises ``ReceiverAway`` when somebody took it out of the directory."""
    for one in cards.receivers(services.table):
        if one.id == receiver:
            return one
    raise ReceiverAway("this receiver is not in the directory any more", receiver=receiver)


def tried_in_vain(services: Services, card: Card, away: ReceiverAway) -> None:
    now = services.now()
    logger.warning("a receiver is away", receiver=card.receiver, attempts=card.attempts + 1)
    due_at = next_attempt(card.attempts + 1, now)
    after = replace(card, attempts=card.attempts + 1, due_at=due_at, trouble=away.message)
    if after.attempts == WORRYING:
        said_aloud(services, card, f"{card.receiver_name} is niet te bereiken. Bel ze.")
    if not write(services, card, after, None):
        hushed(services, card)


def unanswered(services: Services, card: Card) -> None:
    """It went out, and nobody said that they have it: a person picks up the telephone."""
    now = services.now()
    after = replace(card, attempts=card.attempts + 1, due_at=None)
    happened = event(card, "passed_unanswered", SYSTEM.name, SYSTEM.id, now)
    said_aloud(services, card, f"{card.receiver_name} bevestigde een overdracht niet. Bel ze.")
    if not write(services, card, after, happened):
        hushed(services, card)


def said_aloud(services: Services, card: Card, text: str) -> None:
    """Before it is written down that it was: who dies in between says it again, once."""
    raise_alarm(services, about=alarm_of(card), text=text)
    tell_desk(services, card.subject)


def hushed(services: Services, card: Card) -> None:
    """Somebody was faster; if it was the receiver, there is nothing to call for."""
    if must_exist(services, cards.key_of(card)).state == "received":
        clear_alarm(services, alarm_of(card))


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


STATUS_EVENT: dict[Status, EventWhat] = {"under_way": "passed_under_way", "done": "passed_done"}


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


def write(
    services: Services, before: Card, after: Card, happened: Event | None, *others: Operation
) -> bool:
    """Whether nobody was faster."""
    timeline = [conversations.happened(before.subject, happened)] if happened else []
    try:
        services.table.write(cards.saved(before, after), *timeline, *others)
    except ConditionFailed:
        return False
    tell_desk(services, before.subject)
    return True


def tell_desk(services: Services, subject: str) -> None:
    """Who works on it looks again."""
    if is_incident(subject):
        tell_teams(services, subject, incident_found(services, subject).team)
    else:
        tell(services, subject)


def event(card: Card, what: EventWhat, name: str, by: str, at: Moment) -> Event:
    return Event(what=what, at=at, by=by, name=name, text=card.receiver_name)


def must_exist(services: Services, key: Key) -> Card:
    card = cards.find(services.table, key, services.now())
    if card is None:
        raise NotFound("no such card")
    return card


def alarm_of(card: Card) -> str:
    """What an alarm about a card is called."""
    return f"card#{card.id}"
