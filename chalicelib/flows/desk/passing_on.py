"""A matter goes to a police unit or the operational centre, on a card that an agent checked.

Written down first, sent after; owed until somebody over there said that they have it. Sending twice
does no harm: a card has one id, by which a receiver knows it again.
"""

from chalicelib.domain.card import FIELDS, LONGEST, Card, Receiver, Told, next_attempt
from chalicelib.domain.incident import Incident, is_incident
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput
from chalicelib.flows import nudges
from chalicelib.flows.desk.card_changes import event, must_exist, tell_desk
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.incidents.coordinating import found as incident_found
from chalicelib.flows.incidents.rolling_up import CHANNEL
from chalicelib.flows.services import Services
from chalicelib.store import access_log, cards, timeline
from chalicelib.store.table import ConditionFailed


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
    incident = incident_found(services, subject) if is_incident(subject) else None
    channel = CHANNEL if incident else found(services, subject).channel
    point, radius = place_of(incident, told) if incident else (None, 0)
    known = {one.id: one for one in cards.receivers(services.table)}
    to, now = check(known.get(receiver), told, card_id), services.now()
    card = Card(
        id=card_id,
        subject=subject,
        receiver=to.id,
        receiver_name=to.name,
        receiver_kind=to.kind,
        told=told,
        point=point,
        radius=radius,
        by=agent.id,
        name=agent.name,
        at=now,
        due_at=next_attempt(0, now),
    )
    try:
        services.table.write(
            cards.first(card, channel),
            timeline.happened(subject, event(card, "passed_on", agent.name, agent.id, now)),
            access_log.used(agent, "pass_on", f"{subject}:{to.id}", now),
        )
    except ConditionFailed:
        return must_exist(services, cards.key_of(card))
    services.jobs.send("deliver", nudges.card(cards.key_of(card)))
    tell_desk(services, subject)
    return card


def place_of(incident: Incident, told: Told) -> tuple[str | None, int]:
    """Its point, and metres around it, while the card still tells of that place."""
    if not incident.where or incident.where not in told.where:
        return None, 0
    return incident.point, incident.radius


def check(receiver: Receiver | None, told: Told, card_id: str) -> Receiver:
    """The receiver. Raises ``InvalidInput``: without one, and what or where, nobody can act."""
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
    if wrong or receiver is None:
        raise InvalidInput("nobody could act on this card", wrong)
    return receiver
