"""The four figures that we publish, as measured in operation: everybody may read them.

How soon what a platform delivers is on the queue; how much was lost; how much was shown twice; and
which share of the emergencies detection raised. Sums over four weeks: of nobody in particular.
"""

from dataclasses import dataclass

from chalicelib.domain.audit import Audit, together
from chalicelib.domain.dutch_time import day_of, days_later
from chalicelib.domain.figures import ALL_TEAMS, added
from chalicelib.domain.moments import Moment
from chalicelib.domain.recall import Recall, Tally
from chalicelib.domain.sheet import Sheet
from chalicelib.flows.assessing.recalling import estimated
from chalicelib.flows.figures.summing import PARTS, dutch_days
from chalicelib.flows.services import Services
from chalicelib.store import audits, figures

DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Milliseconds from the platform's delivery to the queue; None while nothing was measured."""

    messages: int
    p50: float | None
    p95: float | None
    p99: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFigures:
    """``audited`` are whole (UTC) days; ``sums`` what they came to together."""

    since: str
    until: str
    counted_at: Moment | None
    latency: Latency
    audited: list[Audit]
    sums: dict[str, int]
    recall: Recall
    tally: Tally
    judged_days: int


def public_figures(services: Services) -> PublicFigures:
    """The last four weeks, today included where that is known already."""
    now = services.now()
    until = day_of(now)
    since = days_later(until, 1 - DAYS)
    counts = [
        counts
        for part in PARTS
        for counts in dutch_days(services, ALL_TEAMS, since, until, part).values()
    ]
    found = audits.since(services.table, since, now)
    judged = estimated(services)
    return PublicFigures(
        since=since,
        until=until,
        counted_at=figures.counted_at(services.table, now),
        latency=latency(Sheet(added(counts))),
        audited=found[::-1],
        sums=together(found),
        recall=judged.recall,
        tally=judged.tally,
        judged_days=len(judged.days),
    )


def latency(sheet: Sheet) -> Latency:
    p50, p95, p99 = (sheet.took("to_queue", share) for share in (0.5, 0.95, 0.99))
    return Latency(messages=int(sheet["arrived"]), p50=p50, p95=p95, p99=p99)
