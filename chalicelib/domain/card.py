"""A card: a matter as it is passed on to a police unit or the centre, and its receipt."""

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Literal

from chalicelib.domain.moments import Moment, later

ReceiverKind = Literal["centre", "unit"]
CardState = Literal["owed", "sent", "received"]
Status = Literal["under_way", "done"]

RECEIVED_WITHIN: dict[ReceiverKind, timedelta] = {
    "centre": timedelta(minutes=2),
    "unit": timedelta(minutes=30),
}
"""When nobody said that they have it by then, the desk hears of it and picks up the telephone."""

WORRYING = 2
"""After so many attempts in vain the desk hears of it; trying goes on."""

LONGEST = 1_000
"""Characters of one field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who takes a matter over. ``mail`` is where it is also sent to, empty for nowhere."""

    id: str
    name: str
    kind: ReceiverKind
    mail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of the matter, as the agent tells it. Empty: not known."""

    what: str = ""
    where: str = ""
    when: str = ""
    who: str = ""
    injured: str = ""
    weapons: str = ""
    direction: str = ""
    callback: str = ""

    @property
    def title(self) -> str:
        """What it is, in one line."""
        return self.what.strip().partition("\n")[0]


FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Told))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What was told to whom, by whom, and how far it is.

    ``point`` is degrees, WGS84, "lat,lon": what ``told`` says of where lies within ``radius``
    metres of it; None where that is not known.

    ``receiver_kind`` sets how soon they must have it; ``taken_by`` is who says that they do,
    ``status`` at ``status_at`` how far they are, and ``trouble`` why the last attempt failed. One
    of an incident is owed again (``due_at``) until those who reported it know.
    """

    id: str
    subject: str
    receiver: str
    receiver_name: str
    receiver_kind: ReceiverKind
    told: Told
    point: str | None = None
    radius: int = 0
    by: str
    name: str
    at: Moment
    state: CardState = "owed"
    attempts: int = 0
    due_at: Moment | None = None
    sent_at: Moment | None = None
    received_at: Moment | None = None
    taken_by: str | None = None
    status: Status | None = None
    status_at: Moment | None = None
    trouble: str | None = None

    @property
    def late_at(self) -> Moment:
        """From when on the desk must hear that nobody has it."""
        return later(self.sent_at or self.at, RECEIVED_WITHIN[self.receiver_kind])


def next_attempt(attempts: int, now: Moment) -> Moment:
    """10 s, 20 s, 40 s … up to every five minutes; it never stops by itself."""
    return later(now, min(timedelta(seconds=10 * 2**attempts), timedelta(minutes=5)))


LABELS = {
    "what": "Wat",
    "where": "Waar",
    "when": "Wanneer",
    "who": "Wie",
    "injured": "Gewonden",
    "weapons": "Wapens",
    "direction": "Vluchtrichting",
    "callback": "Terugbellen",
}
"""The fields as a unit or the centre reads them."""

UNKNOWN = "niet bekend"


def as_text(card: Card, link: str) -> str:
    """The card as a mail: every field, also what is not known, and how to say that one has it."""
    lines = [f"{label}: {getattr(card.told, name) or UNKNOWN}" for name, label in LABELS.items()]
    return "\n".join(
        [
            f"Overdracht van webcare aan {card.receiver_name}",
            "",
            *lines,
            "",
            f"Doorgegeven door {card.name}. Nummer van deze kaart: {card.id}",
            f"Bevestig dat u dit heeft, en zeg hoe het gaat: {link}",
            f"Als CAP-document: {link}/cap.xml",
        ]
    )
