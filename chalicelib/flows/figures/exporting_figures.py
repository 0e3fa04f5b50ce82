"""Figures for other programs: as kept, by hour or by Dutch day, each with what it is by."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from chalicelib.domain.dutch_time import Day, begins_at, days_later, ends_at
from chalicelib.domain.figures import ALL_TEAMS, Counts
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.domain.sheet import Sheet
from chalicelib.errors import InvalidInput
from chalicelib.flows.figures.summing import PARTS, dutch_days, hours_between
from chalicelib.flows.services import Services
from chalicelib.store import directory, figures
from chalicelib.store.figures import Part

Grain = Literal["hour", "day"]
MOST_DAYS: dict[Grain, int] = {"hour": 7, "day": 92}
"""How much one answer holds: an hour is some 9 kB of CSV, a day 20, and Lambda answers with at most
6 MB. Who wants more asks again from where it ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Which figures to take out: from one Dutch day up to and with another."""

    team: str
    grain: Grain
    first: Day
    last: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One count. ``dimension`` and ``value`` are empty for the whole; times are milliseconds."""

    start: str
    team: str
    figure: str
    dimension: str
    value: str
    count: int


def extract_of(query: dict[str, str], today: Day) -> Extract:
    """What is asked for: the last week by default. Raises ``InvalidInput``."""
    last = query.get("to") or today
    grain = query.get("grain") or "day"
    fields = {}
    if grain not in MOST_DAYS:
        fields["grain"] = {"nl": "hour of day", "en": "hour or day"}
    try:
        first = query.get("from") or days_later(last, -6)
        longest = days_later(first, MOST_DAYS.get(cast("Grain", grain), 1) - 1)
        begins_at(last)
        in_order = first <= last <= longest
    except (ValueError, OverflowError):
        first, in_order = last, False
    if not in_order:
        fields["from"] = fields["to"] = {
            "nl": "twee dagen in volgorde; hoogstens 92, of 7 per uur",
            "en": "two days in order; at most 92, or 7 by the hour",
        }
    if fields:
        raise InvalidInput("no such figures", fields)
    return Extract(
        team=query.get("team") or ALL_TEAMS, grain=cast("Grain", grain), first=first, last=last
    )


def take_out(services: Services, principal: Principal, wanted: Extract) -> dict[str, Counts]:
    """The sums by when they begin. Raises ``InvalidInput`` for a team that there is not."""
    principal.must_be_allowed_to("read_figures")
    if wanted.team not in {ALL_TEAMS, *(team.id for team in directory.teams(services.table))}:
        raise InvalidInput("no such team", {"team": {"nl": "onbekend", "en": "unknown"}})
    found: dict[str, Counts] = {}
    for part in PARTS:
        for start, counts in taken(services, wanted, part).items():
            found.setdefault(start, Counter()).update(counts)
    return found


def taken(services: Services, wanted: Extract, part: Part) -> dict[str, Counts]:
    """The sums of one part."""
    if wanted.grain == "day":
        return dutch_days(services, wanted.team, wanted.first, wanted.last, part)
    span = begins_at(wanted.first), ends_at(wanted.last)
    return dict(hours_between(services, wanted.team, *span, part))


def data_age(services: Services) -> Moment | None:
    """When the figures were last counted."""
    return figures.counted_at(services.table, services.now())


def rows_of(wanted: Extract, found: dict[str, Counts]) -> Iterator[Row]:
    """A row for each count, in the order of time and name; what took long as p50 and p90."""
    for start in sorted(found):
        counts = found[start]
        for path, count in sorted(plain(counts).items()):
            figure, _, rest = path.partition("/")
            dimension, _, value = rest.partition("/")
            yield Row(
                start=start,
                team=wanted.team,
                figure=figure,
                dimension=dimension,
                value=value,
                count=count,
            )


def plain(counts: Counts) -> dict[str, int]:
    """Counts as they are; spreads as two percentiles, of the whole and by each dimension."""
    found = {path: count for path, count in counts.items() if "~" not in path and "@" not in path}
    sheet = Sheet(counts)
    for path in sheet.durations():
        figure, there, rest = path.partition("/")
        for name, share in (("p50", 0.5), ("p90", 0.9)):
            found[f"{figure}_{name}_ms{there}{rest}"] = round(sheet.took(path, share) or 0)
    return found
