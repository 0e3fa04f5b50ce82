"""The queue as a page shows it: life at risk apart, the team's list filtered, true counts."""

from dataclasses import dataclass
from itertools import islice
from typing import Literal

from chalicelib.domain.moments import Moment
from chalicelib.domain.placing import Light, Points, is_late, light, points
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_filter import (
    SHOWS,
    Choices,
    QueueFilter,
    SavedView,
    Show,
    choices,
    is_closing,
    passes,
    shows,
)
from chalicelib.domain.queue_item import QueueRow
from chalicelib.flows.colleagues.rostering import skills_of
from chalicelib.flows.desk import keeping_views, surroundings, viewing
from chalicelib.flows.services import Services
from chalicelib.web.queue_address import as_query, filter_in, read_cursor, write_cursor
from chalicelib.web.requests import Fields

PAGE = 50
"""Rows on one page. Counts are of all rows, however many."""

MOST_TRIED = 20
"""How many colleagues may be faster before the next one is looked for anew."""

Holder = Literal["me", "other", "nobody"]

WAITS = (30, 60, 240, 1_440)
"""Minutes, to choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row with what the reader must know about it at this moment."""

    row: QueueRow
    holder: Holder
    deadline: Light
    points: Points
    closing: bool

    @property
    def waits_at_risk(self) -> bool:
        """Life at risk and nobody on it: what titles and strips count."""
        return self.row.emergency and self.holder == "nobody" and not self.row.answered


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQueue:
    """``counts`` are of all that passes the filter, by who has it; ``total`` is of the whole list.

    ``choices`` are what the whole list offers to choose from. ``team`` is the reader's own, empty
    for who sees all; ``teams`` are the names by id. ``here`` is this page's own question.
    ``skills``: it was written down what the reader speaks and knows.
    """

    life: list[ShownRow]
    rows: list[ShownRow]
    snoozed: list[QueueRow]
    counts: dict[Show, int]
    total: int
    late: int
    chosen: QueueFilter
    skills: bool
    choices: Choices
    views: list[SavedView]
    cursor: str | None
    here: str
    team: str
    teams: dict[str, str]
    colleagues: list[Principal]

    @property
    def unheld_life(self) -> int:
        """How many wait, for the title."""
        return sum(shown.waits_at_risk for shown in self.life)


def shown_queue(services: Services, me: Principal, query: Fields) -> ShownQueue:
    """A page of the queue. Every page begins with life at risk, the second one too."""
    now = services.now()
    chosen = filter_in(query)
    skills = skills_of(services, me)
    all_rows = viewing.view_rows(services, me)
    passing = all_rows
    if chosen.narrows:
        passing = [row for row in all_rows if passes(chosen, row, now, skills)]
    wanted = [row for row in passing if shows(chosen.show, row, me.id, now)]
    after = read_cursor(query.get("vanaf"))
    begin = next((at for at, row in enumerate(wanted) if row.order > after), len(wanted))
    rows = wanted[begin : begin + PAGE]
    more = len(wanted) > begin + PAGE
    return ShownQueue(
        life=life_at_risk(services, me),
        rows=[shown_row(row, me, now) for row in rows],
        snoozed=viewing.view_snoozed(services, me),
        counts={one: sum(shows(one, row, me.id, now) for row in passing) for one in SHOWS},
        total=len(all_rows),
        late=sum(is_late(row, now) for row in all_rows),
        chosen=chosen,
        skills=skills.known,
        choices=choices(all_rows),
        views=keeping_views.views_of(services, me),
        cursor=write_cursor(rows[-1].order) if rows and more else None,
        here=as_query(chosen),
        team=me.team,
        teams={team.id: team.name for team in surroundings.teams(services, me)},
        colleagues=surroundings.colleagues(services, me),
    )


def life_at_risk(services: Services, me: Principal, except_for: str = "") -> list[ShownRow]:
    """The lane by itself, for pages where the agent is busy with something else."""
    now = services.now()
    rows = viewing.view_life(services, me)
    return lane([shown_row(row, me, now) for row in rows if row.subject != except_for])


def lane(listed: list[ShownRow]) -> list[ShownRow]:
    """Life at risk; what nobody is on before what somebody is on."""
    return sorted(listed, key=lambda shown: not shown.waits_at_risk)


def shown_row(row: QueueRow, me: Principal, now: Moment) -> ShownRow:
    return ShownRow(
        row=row,
        holder=holder_of(row.claimed_by, row.claim_until, me, now),
        deadline=light(row, now),
        points=points(row, now),
        closing=is_closing(row, now),
    )


def holder_of(by: str | None, until: Moment | None, me: Principal, now: Moment) -> Holder:
    """Who works on it; a claim that ended counts as nobody's, swept or not."""
    if by is None or (until or "") <= now:
        return "nobody"
    return "me" if by == me.id else "other"


def next_free(services: Services, me: Principal) -> list[str]:
    """Whom to take next, most urgent first: life at risk before the team's list."""
    now = services.now()
    rows = [*viewing.view_life(services, me), *viewing.view_rows(services, me)]
    free = (row.subject for row in rows if shows("vrij", row, me.id, now))
    return list(islice(free, MOST_TRIED))
