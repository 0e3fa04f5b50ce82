"""What a unit says of an incident comes back into the conversation and dossier of each reporter.

Owed by the card until it is done. Each is written once: the event has its own key, and the news of
the case is in the same transaction.
"""

from chalicelib.domain.card import Card
from chalicelib.domain.conversation import Event, EventWhat
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import SYSTEM
from chalicelib.flows.citizen.cases import case_of, news, tell_news
from chalicelib.flows.hinting import tell
from chalicelib.flows.incidents.rolling_up import here
from chalicelib.flows.services import Services
from chalicelib.store import incidents, keys, timeline
from chalicelib.store.table import ConditionFailed


def tell_reporters(services: Services, card: Card) -> None:
    """Receipt, and how far they are. Safe to run twice."""
    incident = incidents.whole(services.table, card.subject, services.now())
    if incident is None:
        return
    members = here(services, incident, services.now())
    for subject in dict.fromkeys(member.subject for member in members):
        for what, at in said_of(card):
            tell_one(services, card, subject, what, at)


def said_of(card: Card) -> list[tuple[EventWhat, Moment]]:
    """What the receiver said so far."""
    found: list[tuple[EventWhat, Moment]] = []
    if card.received_at:
        found.append(("passed_received", card.received_at))
    if card.status and card.status_at:
        done = card.status == "done"
        found.append(("passed_done" if done else "passed_under_way", card.status_at))
    return found


def tell_one(services: Services, card: Card, subject: str, what: EventWhat, at: Moment) -> None:
    """Into one conversation, and with it into its dossier; receipt is news as well."""
    name = card.taken_by or card.receiver_name
    event = Event(what=what, at=at, by=SYSTEM.id, name=name, text=card.receiver_name)
    found = case_of(services, subject) if what == "passed_received" else None
    case = found.number if found else None
    once = timeline.told_once(subject, event, keys.digest(card.id, what))
    try:
        services.table.write(once, *news(services, case, "with_unit"))
    except ConditionFailed:
        return  # they know
    tell_news(services, case)
    tell(services, subject)
