"""Recall on emergencies, estimated from what people judged blind: one of the public figures."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.moments import later
from chalicelib.domain.principal import Principal
from chalicelib.domain.recall import Recall, Tally, recall
from chalicelib.flows.services import Services
from chalicelib.store import directory, samples

DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRecall:
    """One day of all teams together, as far as it was judged."""

    day: str
    tally: Tally
    recall: Recall


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallView:
    """The last four weeks together, and day by day, newest first."""

    tally: Tally
    recall: Recall
    days: list[DayRecall]


def view_recall(services: Services, principal: Principal) -> RecallView:
    """What the samples say that somebody began to judge. Reads no message."""
    principal.must_be_allowed_to("read_ledger")
    return estimated(services)


def estimated(services: Services) -> RecallView:
    """The same, for whoever may read it: it is one of the public figures."""
    now = services.now()
    since = later(now, -timedelta(days=DAYS))[:10]
    by_day: dict[str, Tally] = {}
    for team in directory.teams(services.table):
        for sample in samples.of_team(services.table, team.id, since, now):
            if sample.judged_low or sample.judged_raised:
                by_day[sample.day] = by_day.get(sample.day, Tally()) + sample.tally
    days = [
        DayRecall(day=day, tally=tally, recall=recall(tally))
        for day, tally in sorted(by_day.items(), reverse=True)
    ]
    total = sum(by_day.values(), Tally())
    return RecallView(tally=total, recall=recall(total), days=days)
