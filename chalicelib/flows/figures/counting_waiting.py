"""What waits for each team at this minute, and for all of them together."""

from collections.abc import Iterable

from chalicelib.domain.figures import ALL_TEAMS
from chalicelib.domain.queue_item import QueueRow
from chalicelib.domain.waiting import Waiting, waiting
from chalicelib.flows.answering.windows import note_missed
from chalicelib.flows.services import Services
from chalicelib.store import directory, figures, queue

LISTED_AT_ONCE = 200


def count_waiting(services: Services) -> None:
    """What stands on every team's lists now, and whose reply window ended unanswered."""
    now = services.now()
    life = list(rows_of(services, queue.LIFE))
    everything: list[QueueRow] = list(life)
    for team in directory.teams(services.table):
        own = [row for row in life if row.team == team.id]
        own += rows_of(services, team.id)
        own += rows_of(services, f"{team.id}#snoozed")
        keep_waiting(services, waiting(team.id, own, now))
        everything += (row for row in own if not row.emergency or row.snoozed_until)
    keep_waiting(services, waiting(ALL_TEAMS, everything, now))
    note_missed(services, everything)


def keep_waiting(services: Services, found: Waiting) -> None:
    """Keep it, unless there was nothing and there is nothing."""
    before = figures.newest_waiting(services.table, found.team, found.at)
    if found.waiting or found.snoozed or (before and (before.waiting or before.snoozed)):
        services.table.write(figures.waits(found, found.at))


def rows_of(services: Services, list_name: str) -> Iterable[QueueRow]:
    """Every row of a list, page after page."""
    after: str | None = None
    while True:
        page = queue.page(services.table, list_name, services.now(), LISTED_AT_ONCE, after)
        yield from page.rows
        after = page.after
        if after is None:
            return
