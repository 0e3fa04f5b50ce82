"""The step between match and place: which team a message goes to, and why.

Rules are data, set up by people on a page. They are read anew every few seconds by each process, so
a changed rule holds a moment later. One that cannot be followed never loses a message: it goes to
the default team of its account, and an alarm says so until it is mended.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from chalicelib.detection.locating.gazetteer import at_hand as gazetteer
from chalicelib.domain.administered import Record, Wrong
from chalicelib.domain.assessment import Assessment
from chalicelib.domain.calendar import Calendar, is_open
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.queue_item import About
from chalicelib.domain.whereabouts import Whereabouts
from chalicelib.flows.alarming import clear_alarm, raise_alarm
from chalicelib.flows.assessing.locating import locate_among, of_itself
from chalicelib.flows.briefly import Briefly
from chalicelib.flows.colleagues.rostering import calendars_in
from chalicelib.flows.desk import lists
from chalicelib.flows.services import Services
from chalicelib.routing.basisteams import at_hand
from chalicelib.routing.choosing import choose
from chalicelib.routing.records import in_order, problems, rule_of
from chalicelib.routing.rule import Broken, Known, Route, Rule
from chalicelib.store import administered

ALARM = "routing"
"""What the alarm about rules is called."""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules in their order, the teams that there are, and their hours where they have any."""

    rules: tuple[Rule | Broken, ...]
    teams: tuple[str, ...]
    calendars: Mapping[str, Calendar]


def read_rules(services: Services) -> RuleBook:
    teams = administered.all_of(services.table, "team")
    return RuleBook(
        tuple(in_order(all_rules(services))),
        tuple(sorted(teams)),
        calendars_in(teams, services.calendar),
    )


_BOOK = Briefly(read_rules)


def rule_book(services: Services) -> RuleBook:
    """The rules as they are, or were two seconds ago."""
    return _BOOK.of(services)


def calendar_of(services: Services, team: str) -> Calendar:
    """When a team answers: its own hours, else those of the whole service."""
    return rule_book(services).calendars.get(team, services.calendar)


def all_rules(services: Services) -> list[Rule | Broken]:
    """Every rule that is set up now."""
    items = administered.all_of(services.table, "rule")
    return [rule_of(id_, item) for id_, item in items.items()]


def forget_rules(services: Services) -> None:
    """Somebody changed them here: read them at the next message. Mended ones raise no alarm."""
    _BOOK.forget(services)
    clear_alarm(services, ALARM)


@dataclass(frozen=True, slots=True)
class Routed:
    """Where a message goes, what was known of it, and the place that it tells of."""

    route: Route
    known: Known
    where: Whereabouts


def route_message(
    services: Services,
    default: str,
    message: KeptMessage,
    assessment: Assessment,
    told: list[KeptMessage],
) -> Routed:
    """``default`` is its conversation's or account's team, ``told`` what is in the conversation."""
    book = rule_book(services)
    team = default or next(iter(book.teams), "")
    where = locate_among(message, told)
    known = known_of(services, team, message, assessment, where)
    route = follow(services, book, known, team)
    if route.broken:
        text = f"Routeringsregel '{route.broken.name}' werkt niet: {route.broken.trouble}."
        raise_alarm(services, about=ALARM, text=f"{text} Berichten gaan naar het standaardteam.")
    return Routed(route, known, where)


def follow(services: Services, book: RuleBook, known: Known, default: str) -> Route:
    """The route by these rules."""
    return choose(
        book.rules,
        known,
        default=default,
        teams=book.teams,
        basisteams=at_hand(),
        waiting=partial(waiting_for, services),
    )


_WAITING: Briefly[dict[str, int]] = Briefly(lambda _: {})


def waiting_for(services: Services, team: str) -> int:
    """How many wait unanswered for a team; counted once in two seconds, not for each message."""
    counted = _WAITING.of(services)
    if team not in counted:
        counted[team] = sum(not row.answered for row in lists.rows_of(services, team))
    return counted[team]


def known_of(
    services: Services,
    team: str,
    message: KeptMessage,
    assessment: Assessment,
    where: Whereabouts,
) -> Known:
    """What the rules may look at; open or closed is by the default ``team``'s hours."""
    place, estimate = where.best, of_itself(where)
    kind = place.kind if place else ""
    return Known(
        topic=assessment.topic,
        urgency=assessment.attention,
        emergency=assessment.emergency,
        channel=message.channel,
        lang=assessment.lang,
        open=is_open(calendar_of(services, team), message.accepted_at),
        gemeente=estimate.gemeente,
        unit=estimate.unit,
        postcode=place.name[:4] if place and kind == "postcode" else None,
        quarter=place.name if place and kind in ("wijk", "buurt") else None,
    )


def wrong_with_rule(services: Services, id_: str, record: Record) -> Wrong:
    """What a rule cannot be kept for, beside what is wrong with its fields."""
    others = [rule for rule in all_rules(services) if rule.id != id_]
    units = gazetteer().gemeenten()
    names = {name.casefold() for name in (*units, *units.values())}
    return problems(id_, record, others, names.__contains__)


def with_route(about: About, routed: Routed) -> About:
    """What a row tells of where it went, and where it is about."""
    route, known = routed.route, routed.known
    return replace(
        about,
        gemeente=known.gemeente or "",
        unit=known.unit or "",
        routed=route.because,
        rule=route.rule,
        desk=route.desk.name,
        desk_id=route.desk.id,
    )
