"""A change of a card, with what the desk sees of it."""

from chalicelib.domain.card import Card
from chalicelib.domain.conversation import Event, EventWhat
from chalicelib.domain.incident import is_incident
from chalicelib.domain.moments import Moment
from chalicelib.errors import NotFound
from chalicelib.flows.hinting import tell, tell_teams
from chalicelib.flows.incidents.coordinating import found
from chalicelib.flows.services import Services
from chalicelib.store import cards, timeline
from chalicelib.store.table import ConditionFailed, Key, Operation


def write(
    services: Services, before: Card, after: Card, happened: Event | None, *others: Operation
) -> bool:
    """Whether nobody was faster."""
    line = [timeline.happened(before.subject, happened)] if happened else []
    try:
        services.table.write(cards.saved(before, after), *line, *others)
    except ConditionFailed:
        return False
    tell_desk(services, before.subject)
    return True


def tell_desk(services: Services, subject: str) -> None:
    """Who works on it looks again."""
    if is_incident(subject):
        tell_teams(services, subject, found(services, subject).team)
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
