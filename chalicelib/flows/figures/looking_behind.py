"""The list behind a figure: each thing that it counted, and the way to its conversation.

Names no person and shows no word; who opens a conversation from here is logged as ever.
"""

from dataclasses import dataclass

from chalicelib.domain.dutch_time import (
    HOURS_A_DAY,
    Day,
    begins_at,
    ends_at,
    local,
)
from chalicelib.domain.fact import Fact
from chalicelib.domain.figures import (
    ALL_TEAMS,
    COUNTED,
    DIMENSIONS,
    MEASURED,
    Counts,
    names_of,
    spreads_of,
)
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput
from chalicelib.flows.figures.summing import PARTS, hours_between
from chalicelib.flows.services import Services
from chalicelib.store import facts
from chalicelib.store.facts import Found

SHOWN = 200
"""How many rows a page shows; the rest is in the export."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which figure of which day, or of one hour of it; ``only`` narrows by dimension."""

    name: str
    day: Day
    hour: int | None = None
    team: str = ALL_TEAMS
    only: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What it counted, newest first; ``total`` of them, of which some are in ``rows``."""

    wanted: Wanted
    rows: list[Found]
    total: int


def look_behind(services: Services, principal: Principal, wanted: Wanted) -> Behind:
    """The list. Raises ``InvalidInput`` when there is no such figure, day or hour."""
    principal.must_be_allowed_to("read_figures")
    must_exist(wanted)
    hours = hours_with(services, wanted)
    rows: list[Found] = []
    for at in sorted(hours, reverse=True):
        rows += newest_first(services, wanted, at)
        if len(rows) > SHOWN:
            return Behind(
                wanted=wanted, rows=rows[:SHOWN], total=max(len(rows), sum(hours.values()))
            )
    return Behind(wanted=wanted, rows=rows, total=len(rows))


def hours_with(services: Services, wanted: Wanted) -> dict[Moment, int]:
    """The hours of the day in which it was counted, as far as the sums know, and how often."""
    span = begins_at(wanted.day), ends_at(wanted.day)
    found: dict[Moment, int] = {}
    for part in PARTS:
        for at, counts in hours_between(services, wanted.team, *span, part).items():
            found[at] = found.get(at, 0) + how_often(counts, wanted)
    now = f"{services.now()[:13]}:00:00.000Z"
    found |= {now: found.get(now, 1) or 1} if span[0] <= now < span[1] else {}
    fits = {at for at in found if wanted.hour in (None, local(at).hour)}
    return {at: count for at, count in found.items() if count and at in fits}


def how_often(counts: Counts, wanted: Wanted) -> int:
    """How often these sums have it; of several dimensions the first that was asked for."""
    tail = next((f"/{name}/{value}" for name, value in wanted.only.items()), "")
    if tail and wanted.name in MEASURED:
        tail = ""  # not each duration is kept by everything
    path = f"{wanted.name}{tail}"
    spread = sum(count for name, count in counts.items() if name.startswith(f"{path}~"))
    return counts[path] + spread


def newest_first(services: Services, wanted: Wanted, at: Moment) -> list[Found]:
    """What it counted in one hour."""
    span = f"{at[11:13]}:00", f"{at[11:13]}:59"
    found = facts.between(services.table, at[:10], *span, services.now())
    own = [one for one in found if is_of(one.fact, wanted)]
    return sorted(own, key=lambda one: one.fact.at, reverse=True)


def must_exist(wanted: Wanted) -> None:
    """Raises ``InvalidInput`` naming what there is not."""
    fields = {}
    if wanted.name not in (*COUNTED, *MEASURED):
        fields["wat"] = {"nl": "onbekend cijfer", "en": "unknown figure"}
    if wanted.hour is not None and not 0 <= wanted.hour < HOURS_A_DAY:
        fields["uur"] = {"nl": "0 tot en met 23", "en": "0 to 23"}
    try:
        begins_at(wanted.day)
    except (ValueError, OverflowError):
        fields["dag"] = {"nl": "geen dag", "en": "not a day"}
    if fields:
        raise InvalidInput("no such list", fields)


def is_of(fact: Fact, wanted: Wanted) -> bool:
    """Whether the figure counts this."""
    if wanted.team not in (ALL_TEAMS, fact.team):
        return False
    if any(getattr(fact, name) != value for name, value in wanted.only.items()):
        return False
    return wanted.name in names_of(fact) or wanted.name in spreads_of(fact)


def narrowed(query: dict[str, str], words: dict[str, str]) -> dict[str, str]:
    """What a query narrows to; ``words`` are the names of the dimensions in it."""
    return {name: query[words[name]] for name in DIMENSIONS if query.get(words.get(name, ""))}
