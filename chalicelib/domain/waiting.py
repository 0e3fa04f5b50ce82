"""What waits for a person at one moment: how much, since when, and how much of it is too late."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from chalicelib.domain.moments import Moment
from chalicelib.domain.queue_item import QueueRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One team's lists. ``oldest`` is since when the longest waiting citizen waits.

    ``late`` is past its service deadline, ``life`` is at risk, ``held`` has somebody on it now;
    ``people`` is how many different colleagues these are.
    """

    team: str
    at: Moment
    waiting: int = 0
    held: int = 0
    people: int = 0
    late: int = 0
    life: int = 0
    snoozed: int = 0
    oldest: Moment | None = None
    oldest_subject: str | None = None
    by_channel: dict[str, int] = field(default_factory=dict)


def waiting(team: str, rows: Iterable[QueueRow], at: Moment) -> Waiting:
    """The state of these rows. What was answered waits for the citizen, not for us."""
    every = list(rows)
    open_ = [row for row in every if not row.answered and not row.snoozed_until]
    held = [row for row in open_ if (row.claim_until or "") > at]
    oldest = min(open_, key=lambda row: row.waiting_since, default=None)
    return Waiting(
        team=team,
        at=at,
        waiting=len(open_),
        held=len(held),
        people=len({row.claimed_by for row in held}),
        late=sum(row.due_at < at for row in open_),
        life=sum(row.emergency for row in open_),
        snoozed=sum(bool(row.snoozed_until) for row in every),
        oldest=oldest.waiting_since if oldest else None,
        oldest_subject=oldest.subject if oldest else None,
        by_channel=tally(row.channel for row in open_),
    )


def tally(values: Iterable[str]) -> dict[str, int]:
    """How many of each, the most first."""
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
