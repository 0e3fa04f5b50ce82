"""The wallboard: what waits, what is at risk, how it goes today. It hangs where visitors pass."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.figures import ALL_TEAMS, Counts
from chalicelib.domain.moments import Moment, instant, later, moment
from chalicelib.domain.principal import Principal
from chalicelib.flows.figures.figuring import Asked, FiguresView, view_figures
from chalicelib.flows.services import Services
from chalicelib.store import figures
from chalicelib.store.figures import Series

LAST_HOUR = timedelta(minutes=60)
STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """``at_risk`` counts emergencies that nobody answered.

    ``act_by`` is when the first of those that nobody acted on yet is paged. ``arrivals`` are of the
    last hour, in twelve steps of five minutes, oldest first.
    """

    figures: FiguresView
    at_risk: int
    act_by: Moment | None
    arrivals: list[int]

    @property
    def team_name(self) -> str:
        names = {team.id: team.name for team in self.figures.teams}
        return names.get(self.figures.asked.team, "")


def view_board(services: Services, principal: Principal, team: str) -> Board:
    """The board of a team, or of all. Emergencies are of every team: everybody must look."""
    found = view_figures(services, principal, Asked(team=team))
    now = services.now()
    open_ = found.at_risk
    return Board(
        figures=found,
        at_risk=len(open_),
        act_by=min((row.acknowledge_by for row in open_ if row.acknowledge_by), default=None),
        arrivals=last_hour(services, team or ALL_TEAMS, now),
    )


def last_hour(services: Services, team: str, now: Moment) -> list[int]:
    """What came in, in steps of five minutes."""
    begin = instant(later(now, -LAST_HOUR))
    found: dict[Moment, Counts] = {}
    for day in sorted({moment(begin)[:10], now[:10]}):
        first = moment(begin)[11:16] if day == moment(begin)[:10] else "00:00"
        last = now[11:16] if day == now[:10] else "23:59"
        own = figures.stored(services.table, Series("minute", day, team), (first, last), now)
        found |= {f"{day}T{start}:00.000Z": counts for start, counts in own.items()}
    steps = [0] * (LAST_HOUR // STEP)
    for at, counts in found.items():
        step = min(len(steps) - 1, max(0, (instant(at) - begin) // STEP))
        steps[step] += counts["arrived"]
    return steps
