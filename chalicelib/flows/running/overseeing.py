"""The privacy officer sees who read or did what, and what for. Reading this is in the log as well.

A day is read as a whole (the shards know no order among themselves): a team of fifty makes some
twenty thousand lines, which takes a second or two. The page of one day is asked for seldom.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import get_args

from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput
from chalicelib.flows.services import Services
from chalicelib.store import access_log, directory
from chalicelib.store.access_log import Action, Use

AT_ONCE = 200
"""Lines on one page."""

ACTIONS: tuple[str, ...] = get_args(Action)
"""Everything that is written down."""

OPENED = ("read_conversation", "read_contact")
"""Actions by which somebody sees a dossier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines: of one day, and where given of one person, of one action, about one object."""

    day: str
    actor: str = ""
    action: str = ""
    object: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsUse:
    """What one person did in these lines; ``opened`` counts each dossier once."""

    actor: str
    role: str
    opened: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UseView:
    """Newest first. ``names`` by id, of everybody in the directory."""

    lines: list[Use]
    total: int
    by_person: list[PersonsUse]
    names: dict[str, str]


def view_use(services: Services, principal: Principal, wanted: Wanted) -> UseView:
    """The lines that were asked for. Raises ``InvalidInput`` when the day is none."""
    principal.must_be_allowed_to("read_use")
    must_be_a_day(wanted.day)
    now = services.now()
    services.table.write(access_log.read(principal, "read_use", wanted.day, now))
    every = access_log.lines(services.table, wanted.day, now)
    found = sorted((use for use in every if fits(use, wanted)), key=by_time, reverse=True)
    return UseView(
        lines=found[wanted.start : wanted.start + AT_ONCE],
        total=len(found),
        by_person=by_person(found),
        names={one.id: one.name for one in directory.agents(services.table)},
    )


def fits(use: Use, wanted: Wanted) -> bool:
    """Whether a line is of those that were asked for."""
    return (
        wanted.actor in ("", use.actor)
        and wanted.action in ("", use.action)
        and wanted.object in use.object
    )


def by_time(use: Use) -> tuple[str, str, str]:
    return use.at, use.actor, use.object


def by_person(lines: list[Use]) -> list[PersonsUse]:
    """Who opened most comes first: that is where somebody looks."""
    counts = Counter((use.actor, use.role) for use in lines)
    opened = Counter(
        (actor, role)
        for actor, role, _ in {(u.actor, u.role, u.object) for u in lines if u.action in OPENED}
    )
    found = [
        PersonsUse(actor=actor, role=role, opened=opened[actor, role], lines=number)
        for (actor, role), number in counts.items()
    ]
    return sorted(found, key=lambda one: (-one.opened, -one.lines, one.actor))


def must_be_a_day(text: str) -> None:
    """Raises ``InvalidInput`` unless it is one (``2026-11-21``)."""
    try:
        date.fromisoformat(text)
    except ValueError:
        wrong = {"nl": "geen dag (jjjj-mm-dd)", "en": "not a day (yyyy-mm-dd)"}
        raise InvalidInput("not a day", {"dag": wrong}) from None
