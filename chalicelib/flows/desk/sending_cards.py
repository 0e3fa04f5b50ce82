"""A card is brought to who it is for, or it is said aloud that nobody has it."""

from dataclasses import replace

from chalicelib.domain.card import RECEIVED_WITHIN, WORRYING, Card, Receiver, next_attempt
from chalicelib.domain.moments import later
from chalicelib.domain.principal import SYSTEM
from chalicelib.errors import ReceiverAway
from chalicelib.flows.alarming import clear_alarm, raise_alarm
from chalicelib.flows.desk.card_changes import alarm_of, event, must_exist, tell_desk, write
from chalicelib.flows.incidents.telling_reporters import tell_reporters
from chalicelib.flows.services import Services
from chalicelib.log import logger
from chalicelib.store import cards, sessions
from chalicelib.store.table import Key


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
