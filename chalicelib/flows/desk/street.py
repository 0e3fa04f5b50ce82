"""What an officer on the street sees and does: the cards of their own unit, receipt and status.

Nothing about persons beyond need: who it is about and whom to call back is shown to who took the
card, and to nobody before.
"""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.card import FIELDS, Card, Status
from chalicelib.domain.moments import later
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotFound
from chalicelib.flows.desk.card_changes import must_exist
from chalicelib.flows.desk.receiving_cards import say_status, taken
from chalicelib.flows.incidents.mapping import Spot, place_in
from chalicelib.flows.services import Services
from chalicelib.store import access_log, cards, keys

PERSONAL = frozenset({"who", "callback"})
"""Fields that are about a person."""

SHOWN_AFTER = timedelta(hours=12)
"""How long a card that was dealt with stays: a shift."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetCard:
    """A card, and which of its fields are shown now.

    ``place``: what the words on the card say of where, on a map; None where that is not clear, or
    nobody has to go there any more.
    """

    card: Card
    fields: tuple[str, ...]
    place: Spot | None


def view_street(services: Services, officer: Principal) -> list[StreetCard]:
    """What is to be done first, the newest first; then what was dealt with in this shift."""
    officer.must_be_allowed_to("read_cards")
    now = services.now()
    services.table.write(access_log.read(officer, "read_card", f"unit:{officer.team}", now))
    found = cards.of_receiver(services.table, officer.team, now)
    kept = [one for one in found if one.status != "done" or recent(one, now)]
    return [shown(one) for one in sorted(kept, key=lambda one: one.status == "done")]


def recent(card: Card, now: str) -> bool:
    return later(card.status_at or card.at, SHOWN_AFTER) > now


def shown(card: Card) -> StreetCard:
    """Only what somebody said of it, and of persons only to who has it."""
    open_ = [name for name in FIELDS if card.state == "received" or name not in PERSONAL]
    return StreetCard(
        card=card,
        fields=tuple(name for name in open_ if getattr(card.told, name)),
        place=place_in(card.told.where) if card.told.where and card.status != "done" else None,
    )


def act(
    services: Services, officer: Principal, subject: str, card_id: str, status: Status | None
) -> Card:
    """I have it (``status`` None), am under way, or dealt with it. Raises ``NotFound``."""
    officer.must_be_allowed_to("read_cards")
    card = must_exist(services, keys.card(subject, card_id))
    if card.receiver != officer.team:
        raise NotFound("no such card")
    what = f"{subject}:{card_id}:{status or 'received'}"
    services.table.write(access_log.used(officer, "take_card", what, services.now()))
    card = taken(services, card, officer.name, officer)
    return say_status(services, card, status, officer.name, officer.id) if status else card
