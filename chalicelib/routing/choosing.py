"""The first rule that holds decides; where none does, or one is broken, the default team does."""

from collections.abc import Callable, Collection, Sequence

from chalicelib.routing.basisteams import Basisteams
from chalicelib.routing.rule import NO_DESK, Broken, Desk, Known, Route, Rule

CENTRE = Desk(id="centre", name="meldkamer")

Waiting = Callable[[str], int]
"""How many items wait unanswered for a team; asked for only where a rule has an overflow."""

HOURS = {"open": "binnen openingstijd", "closed": "buiten openingstijd"}


def choose(
    rules: Sequence[Rule | Broken],
    known: Known,
    *,
    default: str,
    teams: Collection[str],
    basisteams: Basisteams,
    waiting: Waiting,
) -> Route:
    """Always one team. ``rules`` are in their order; ``teams`` are those that there are."""
    for rule in rules:
        if isinstance(rule, Broken):
            return fallen_back(rule, known, default)
        if not holds(rule, known):
            continue
        if rule.team not in teams:
            missing = f"team {rule.team} bestaat niet"
            found = Broken(id=rule.id, name=rule.name, order=rule.order, trouble=missing)
            return fallen_back(found, known, default)
        return followed(rule, known, basisteams, teams, waiting)
    return Route(team=default, desk=CENTRE if known.emergency else NO_DESK)


def fallen_back(rule: Broken, known: Known, default: str) -> Route:
    """What a rule that cannot be followed would have taken is not known: nobody guesses."""
    return Route(
        team=default,
        because=f"regel '{rule.name}' werkt niet ({rule.trouble}): naar het standaardteam",
        desk=CENTRE if known.emergency else NO_DESK,
        broken=rule,
    )


def followed(
    rule: Rule, known: Known, basisteams: Basisteams, teams: Collection[str], waiting: Waiting
) -> Route:
    team, because = rule.team, f"regel '{rule.name}': {conditions(rule, known)}"
    if rule.overflow in teams and rule.full_at and (there := waiting(team)) >= rule.full_at:
        team = rule.overflow
        because += f"; bij {rule.team} wachten er al {there}"
    desk = desk_of(rule, known, basisteams)
    version = f"{rule.id}:{rule.version}"
    return Route(team=team, because=because, rule=version, desk=desk)


def desk_of(rule: Rule, known: Known, basisteams: Basisteams) -> Desk:
    """An emergency goes to the operational centre, whatever a rule says."""
    if known.emergency or rule.desk == "centre":
        return CENTRE
    if rule.desk == "basisteam":
        return basisteams.of(known) or NO_DESK
    return NO_DESK


def holds(rule: Rule, known: Known) -> bool:
    """Whether every condition of the rule does."""
    return (
        among(rule.topics, known.topic)
        and among(rule.urgencies, known.urgency)
        and among(rule.channels, known.channel)
        and among(rule.langs, known.lang)
        and (not rule.places or bool(rule.places & places_of(known)))
        and rule.hours in ("", "open" if known.open else "closed")
    )


def among(wanted: frozenset[str], value: str) -> bool:
    return not wanted or value in wanted


def places_of(known: Known) -> set[str]:
    return {name.casefold() for name in (known.gemeente, known.unit) if name}


def conditions(rule: Rule, known: Known) -> str:
    """What the rule asked for and found, in Dutch."""
    found = [
        f"onderwerp {known.topic.replace('_', ' ')}" if rule.topics else "",
        f"urgentie {known.urgency}" if rule.urgencies else "",
        f"plaats {place_in(rule, known)}" if rule.places else "",
        f"taal {known.lang}" if rule.langs else "",
        f"kanaal {known.channel}" if rule.channels else "",
        HOURS.get(rule.hours, ""),
    ]
    return ", ".join(part for part in found if part) or "geldt voor alles"


def place_in(rule: Rule, known: Known) -> str:
    """The name that the rule's place was found by."""
    names = [name for name in (known.gemeente, known.unit) if name]
    return next((name for name in names if name.casefold() in rule.places), "")
