"""Colleagues set up texts, people and teams. Every change is a version, and any can be undone."""

from dataclasses import dataclass

from chalicelib.detection.meaning import packed
from chalicelib.detection.stack import EncoderAway
from chalicelib.domain.administered import (
    KINDS,
    LARGEST,
    Kind,
    Record,
    Version,
    is_id,
    problems,
)
from chalicelib.domain.card import Receiver
from chalicelib.domain.principal import SYSTEM, Principal
from chalicelib.errors import InvalidInput, NotAllowed, NotFound, StaleVersion
from chalicelib.flows.assessing.routing import forget_rules, wrong_with_rule
from chalicelib.flows.colleagues.rostering import has_hours
from chalicelib.flows.services import Services
from chalicelib.store import access_log, administered, cards, directory
from chalicelib.store.table import ConditionFailed, Item, Put


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A record in a list. ``overdue``: the day on which it was to be read again has passed."""

    id: str
    record: Record
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A record with its changes, newest first; a new one has none."""

    id: str
    record: Record
    number: int
    versions: list[Version]


def kind_of(principal: Principal, name: str) -> Kind:
    """The kind, for who may change it. Raises ``NotFound``, ``NotAllowed``."""
    kind = next((one for one in KINDS.values() if one.name == name), None)
    if kind is None:
        raise NotFound("no such kind")
    principal.must_be_allowed_to(kind.act)
    return kind


def kinds_for(principal: Principal) -> list[Kind]:
    """What this principal may set up."""
    return [kind for kind in KINDS.values() if principal.may(kind.act)]


def units(services: Services, principal: Principal) -> list[Receiver]:
    """Where an officer on the street can belong to."""
    principal.must_be_allowed_to("manage_people")
    return cards.receivers(services.table)


def view_all(services: Services, principal: Principal, name: str) -> list[Listed]:
    """All records of a kind, what must be read again first. Raises ``NotFound``."""
    kind = kind_of(principal, name)
    today = services.now()[:10]
    found = [
        Listed(
            id=id_,
            record=administered.record_in(kind.name, item),
            overdue=str(item.get("review_by", today)) < today,
        )
        for id_, item in administered.all_of(services.table, kind.name).items()
    ]
    first = kind.fields[0].name
    return sorted(found, key=lambda one: (not one.overdue, place_in_list(one.record, first)))


def place_in_list(record: Record, first: str) -> tuple[str, str]:
    """By its order where it has one, else by its name."""
    return str(record.get("order", "")).zfill(len(str(LARGEST))), str(record[first]).casefold()


def view_one(services: Services, principal: Principal, name: str, id_: str) -> Opened:
    """One record, or the versions of one that was taken away. Raises ``NotFound``."""
    kind = kind_of(principal, name)
    item = administered.find(services.table, kind.name, id_)
    versions = administered.versions(services.table, kind.name, id_, services.now())
    if item is None and not versions:
        raise NotFound("no such record")
    record = administered.record_in(kind.name, item or {})
    number = administered.number_of(item)
    return Opened(id=id_, record=record, number=number, versions=versions)


def keep(
    services: Services, principal: Principal, name: str, id_: str, record: Record, *, seen: int
) -> Version:
    """Keep a record as a person set it up; ``seen`` is the version that they changed.

    Raises ``InvalidInput`` naming the fields, ``StaleVersion`` when somebody was faster.
    """
    kind = kind_of(principal, name)
    must_not_be_own(principal, kind, id_)
    check_record(services, kind, id_, record)
    return change(services, principal, kind, id_, record, seen=seen)


def check_record(services: Services, kind: Kind, id_: str, record: Record) -> None:
    """Raises ``InvalidInput`` naming the fields for which it cannot be kept."""
    officer = record.get("role") == "officer"
    units = cards.receivers(services.table) if officer else []
    teams = tuple(one.id for one in units or directory.teams(services.table))
    wrong = problems(kind, record, teams)
    if kind.name == "rule":
        wrong.fields = wrong_with_rule(services, id_, record).fields | wrong.fields
    if kind.name == "team" and not has_hours(record):
        wrong.say("opening", "Zo: ma-vr 08:00-17:00, za 10:00-16:00", "As: ma-vr 08:00-17:00")
    if not is_id(id_):
        wrong.say("id", "Gebruik kleine letters, cijfers en -.", "Use small letters, figures, -.")
    if wrong.fields:
        raise InvalidInput("this cannot be kept", wrong.fields)


def take_away(
    services: Services, principal: Principal, name: str, id_: str, *, seen: int
) -> Version:
    """Take a record away; its versions stay, so that it can come back. Raises as ``keep``."""
    kind = kind_of(principal, name)
    must_not_be_own(principal, kind, id_)
    if kind.name == "team":
        raise NotAllowed("conversations belong to a team: it can get another name")
    return change(services, principal, kind, id_, None, seen=seen)


def undo(services: Services, principal: Principal, name: str, id_: str, *, seen: int) -> Version:
    """Back to before the last change; undoing that again brings it back. Raises as ``keep``."""
    kind = kind_of(principal, name)
    must_not_be_own(principal, kind, id_)
    known = view_one(services, principal, name, id_).versions
    if len(known) < 2:  # noqa: PLR2004 the last one and what was before it
        raise NotFound("there is nothing before this")
    before = known[1].record
    return change(services, principal, kind, id_, before, seen=seen, undoes=known[0].number)


def must_not_be_own(principal: Principal, kind: Kind, id_: str) -> None:
    """Nobody gives themselves another role. Raises ``NotAllowed``."""
    if kind.name == "agent" and id_ == principal.id:
        raise NotAllowed("a colleague must change your own record")


def change(
    services: Services,
    principal: Principal,
    kind: Kind,
    id_: str,
    record: Record | None,
    *,
    seen: int,
    undoes: int | None = None,
) -> Version:
    """Write record, version and log of use at once."""
    now = services.now()
    item = administered.find(services.table, kind.name, id_)
    if administered.number_of(item) != seen and item is not None:
        raise StaleVersion("somebody changed this in the meantime")
    versions = administered.versions(services.table, kind.name, id_, now)
    first = [as_it_was(kind, id_, item, services)] if item is not None and not versions else []
    number = max([seen, *(one.number for one in versions)])
    after = Version(
        kind=kind.name,
        id=id_,
        number=number + 1,
        record=record,
        by=principal.id,
        name=principal.name,
        at=now,
        undoes=undoes,
    )
    extra = {"meanings": meanings(services, record)} if kind.name == "article" and record else {}
    try:
        services.table.write(
            *first,
            *administered.changed(item, after, **extra),
            access_log.used(principal, "administer", f"{kind.name}:{id_}", now),
        )
    except ConditionFailed:
        raise StaleVersion("somebody changed this in the meantime") from None
    if kind.name in ("rule", "team"):
        forget_rules(services)
    return after


def as_it_was(kind: Kind, id_: str, item: Item, services: Services) -> Put:
    """What stood there before anybody changed it on a page, so that one can go back to it."""
    version = Version(
        kind=kind.name,
        id=id_,
        number=administered.number_of(item),
        record=administered.record_in(kind.name, item),
        by=SYSTEM.id,
        name=SYSTEM.name,
        at=services.now(),
    )
    return administered.noted(version)


def meanings(services: Services, record: Record) -> list[str]:
    """The packed vectors of an article's ways of asking; none while the encoder is away."""
    asks = record["asks"]
    ways = [str(record["title"]), *(asks if isinstance(asks, list) else [asks])]
    if services.meaning is None:
        return []
    try:
        return [packed(services.meaning(way)) for way in ways]
    except EncoderAway:
        return []
