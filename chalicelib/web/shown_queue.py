"""The queue as a page shows it: life at risk apart, the team's list filtered, true counts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueRow
from chalicelib.flows import surroundings, viewing
from chalicelib.flows.services import Services

AT_ONCE = 100
"""Rows on one page. Counts are exact up to here, and marked with a plus beyond."""

SOON = timedelta(minutes=5)

Filter = Literal["alles", "vrij", "mijn"]
FILTERS: tuple[Filter, ...] = ("alles", "vrij", "mijn")

Holder = Literal["me", "other", "nobody"]
Deadline = Literal["late", "soon", "fine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row with what the reader must know about it at this moment."""

    row: QueueRow
    holder: Holder
    deadline: Deadline

    @property
    def waits_at_risk(self) -> bool:
        """Life at risk and nobody on it: what titles and strips count."""
        return self.row.emergency and self.holder == "nobody" and not self.row.answered


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQueue:
    """``counts`` by filter are of the team's list; ``more`` when not all of it was read.

    ``team`` is the reader's own, empty for who sees all; ``teams`` are the names by id.
    """

    life: list[ShownRow]
    rows: list[ShownRow]
    snoozed: list[QueueRow]
    counts: dict[Filter, int]
    chosen: Filter
    cursor: str | None
    more: bool
    team: str
    teams: dict[str, str]

    @property
    def unheld_life(self) -> int:
        """How many wait, for the title."""
        return sum(shown.waits_at_risk for shown in self.life)


def shown_queue(
    services: Services, me: Principal, wanted: str, cursor: str | None = None
) -> ShownQueue:
    """A page of the queue. Every page begins with life at risk, the second one too."""
    now = services.now()
    view = viewing.view_queue(services, me, cursor, AT_ONCE)
    listed = [shown_row(row, me, now) for row in view.rows]
    team_rows = [shown for shown in listed if not shown.row.emergency]
    chosen = chosen_filter(wanted)
    return ShownQueue(
        life=life_at_risk(services, me) if cursor else lane(listed),
        rows=[shown for shown in team_rows if passes(shown, chosen)],
        snoozed=viewing.view_snoozed(services, me),
        counts={one: sum(1 for shown in team_rows if passes(shown, one)) for one in FILTERS},
        chosen=chosen,
        cursor=view.cursor,
        more=view.cursor is not None or cursor is not None,
        team=me.team,
        teams={team.id: team.name for team in surroundings.teams(services, me)},
    )


def life_at_risk(services: Services, me: Principal, except_for: str = "") -> list[ShownRow]:
    """The lane by itself, for pages where the agent is busy with something else."""
    now = services.now()
    rows = viewing.view_queue(services, me, None, AT_ONCE).rows
    return lane([shown_row(row, me, now) for row in rows if row.subject != except_for])


def lane(listed: list[ShownRow]) -> list[ShownRow]:
    """Life at risk; what nobody is on before what somebody is on."""
    life = [shown for shown in listed if shown.row.emergency]
    return sorted(life, key=lambda shown: not shown.waits_at_risk)


def shown_row(row: QueueRow, me: Principal, now: Moment) -> ShownRow:
    holder = holder_of(row.claimed_by, row.claim_until, me, now)
    return ShownRow(row=row, holder=holder, deadline=deadline(row.due_at, now))


def holder_of(by: str | None, until: Moment | None, me: Principal, now: Moment) -> Holder:
    """Who works on it; a claim that ended counts as nobody's, swept or not."""
    if by is None or (until or "") <= now:
        return "nobody"
    return "me" if by == me.id else "other"


def deadline(due_at: Moment, now: Moment) -> Deadline:
    if due_at <= now:
        return "late"
    return "soon" if due_at <= later(now, SOON) else "fine"


def chosen_filter(wanted: str) -> Filter:
    """The filter asked for; everything when there is no such filter."""
    return next((one for one in FILTERS if one == wanted), "alles")


def passes(shown: ShownRow, chosen: Filter) -> bool:
    """Whether a filter shows a row. What was answered waits for the citizen, not for us."""
    if chosen == "mijn":
        return shown.holder == "me"
    if chosen == "vrij":
        return shown.holder == "nobody" and not shown.row.answered
    return True


def next_free(services: Services, me: Principal) -> list[str]:
    """Whom to take next, most urgent first: life at risk before the team's list."""
    now = services.now()
    rows = viewing.view_queue(services, me, None, AT_ONCE).rows
    listed = [shown_row(row, me, now) for row in rows]
    return [shown.row.subject for shown in listed if passes(shown, "vrij")]
