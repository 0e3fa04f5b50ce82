"""The month report on listening: what was looked for, why, who approved it, how much it brought.

Also what was asked and not allowed. For the privacy officer; logged, like every reading.
"""

from collections import Counter
from dataclasses import dataclass

from chalicelib.domain.dutch_time import days_later
from chalicelib.domain.feed import added
from chalicelib.domain.listening import Search, Step
from chalicelib.domain.principal import Principal
from chalicelib.domain.sketch import estimated
from chalicelib.errors import InvalidInput
from chalicelib.flows.filled_in import texts
from chalicelib.flows.services import Services
from chalicelib.store import access_log, feeds, searches

MONTH = len("2026-11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One search in the month; ``steps`` are what happened to it in it, the first first."""

    search: Search
    volume: int
    writers: int
    steps: list[Step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """``turned_away`` counts what could not be asked, by why not and by who asked."""

    month: str
    lines: list[Line]
    turned_away: dict[str, int]
    asked_by: dict[str, int]


def view_report(services: Services, principal: Principal, month: str) -> Report:
    """A month (``2026-11``). Raises ``InvalidInput`` when it is none."""
    principal.must_be_allowed_to("oversee_searches")
    must_be_a_month(month)
    now = services.now()
    services.table.write(access_log.read(principal, "read_searches", month, now))
    every = [line_of(services, one, month) for one in searches.every(services.table, now)]
    refused = searches.turned_away_in(services.table, month, now)
    return Report(
        month=month,
        lines=sorted((one for one in every if one), key=lambda one: one.search.name),
        turned_away=dict(Counter(kind for one in refused for kind in one["kinds"]).most_common()),
        asked_by=dict(Counter(str(one["by"]) for one in refused).most_common()),
    )


def line_of(services: Services, search: Search, month: str) -> Line | None:
    """What is to be told of a search; None when it neither ran nor was spoken of."""
    now = services.now()
    first = f"{month}-01"
    days = feeds.sums(services.table, "day", search.id, (first, f"{month}-31"), now)
    steps = [one for one in searches.steps(services.table, search.id, now)[::-1]
             if one.at[:MONTH] == month]  # fmt: skip
    if not days and not steps and not (search.runs(now) and month == now[:MONTH]):
        return None
    whole = added(days.values())
    volume = whole.counts.get("volume", 0)
    return Line(search=search, volume=volume, writers=estimated(whole.sketch), steps=steps)


def must_be_a_month(text: str) -> None:
    try:
        days_later(f"{text}-01", 0)
    except ValueError:
        raise InvalidInput("not a month", {"maand": texts("geen maand", "not a month")}) from None
