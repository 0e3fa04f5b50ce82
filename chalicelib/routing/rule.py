"""The words of routing: what is known of a message, a rule over that, and where it goes."""

from dataclasses import dataclass
from typing import Literal

Hours = Literal["", "open", "closed"]
DeskKind = Literal["", "basisteam", "centre"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the rules look at. ``open``: it came in while people answer.

    ``postcode`` is four digits, ``quarter`` a wijk or buurt; None where the message does not tell.
    """

    topic: str
    urgency: str
    emergency: bool
    channel: str
    lang: str
    open: bool
    gemeente: str | None = None
    unit: str | None = None
    postcode: str | None = None
    quarter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """All conditions must hold; an empty one always does. ``order``: the smallest goes first.

    ``places`` are gemeenten and police units, in small letters. From ``full_at`` unanswered items
    on, ``overflow`` gets them instead of ``team``. ``desk`` is to whom it may be passed on.
    """

    id: str
    name: str
    order: int
    version: int = 0
    topics: frozenset[str] = frozenset()
    urgencies: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    langs: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    hours: Hours = ""
    team: str
    overflow: str = ""
    full_at: int = 0
    desk: DeskKind = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A rule that cannot be followed, and why, in Dutch."""

    id: str
    name: str
    order: int
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """To whom a matter is proposed to be passed on: a receiver's or basisteam's id, and name."""

    id: str
    name: str


NO_DESK = Desk(id="", name="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a message goes. ``because`` is Dutch, empty where no rule said anything.

    ``rule`` names the rule and its version; ``broken`` is the rule that could not be followed.
    """

    team: str
    because: str = ""
    rule: str = ""
    desk: Desk = NO_DESK
    broken: Broken | None = None
