"""What waits of an incident follows it to the team that it was handed over to.

Owed by the write that handed the incident over; some conversations in each job, until all were
looked at. Each by its own condition: what a colleague has stays theirs, life at risk stays where
every team sees it, and where the incident went further meanwhile nothing is brought back.
"""

from contextlib import suppress
from functools import partial

from chalicelib.domain.handover import Handover
from chalicelib.domain.queue_item import QueueItem
from chalicelib.errors import StaleVersion
from chalicelib.flows import nudges
from chalicelib.flows.desk.doing_together import REFUSED
from chalicelib.flows.desk.handing_over import give
from chalicelib.flows.hinting import tell_teams
from chalicelib.flows.incidents.rolling_up import here
from chalicelib.flows.services import Services
from chalicelib.store import handovers, incidents, keys
from chalicelib.store.table import ConditionFailed, Key, Operation

AT_ONCE = 50
"""Conversations in one job; then the lane is free for others."""


def take_along(services: Services, key: Key) -> None:
    """Bring it further by some. Safe to run twice: who was first is the one to go on."""
    now = services.now()
    over = handovers.find(services.table, keys.subject_of(key), now)
    if over is None:
        return
    rest = not_looked_at(services, over)
    some, more = rest[:AT_ONCE], len(rest) > AT_ONCE
    for subject in some:
        with suppress(*REFUSED):
            follow(services, over, subject)
    try:
        services.table.write(
            handovers.looked_at(over, some[-1], now) if more else handovers.ended(over)
        )
    except ConditionFailed:
        return  # another worker goes on with it, or the incident went further
    if more:
        services.jobs.send("deliver", nudges.handover(key))
    else:
        tell_teams(services, over.incident, over.to, *over.left)


def not_looked_at(services: Services, over: Handover) -> list[str]:
    """Its conversations that are left, in the order of their ids; nothing when it is no more."""
    incident = incidents.find(services.table, over.incident, services.now())
    members = here(services, incident, services.now()) if incident else []
    return sorted({one.subject for one in members if one.subject > over.after})


def follow(services: Services, over: Handover, subject: str) -> None:
    """One conversation. Raises ``Conflict`` or ``NotFound`` when it stays where it is."""
    also = partial(must_follow, services, over)
    give(services, over.giver, subject, over.to, over.to_name, also=also)


def must_follow(services: Services, over: Handover, before: QueueItem) -> list[Operation]:
    """Raises ``StaleVersion`` when it does not wait there, or the incident went further."""
    standing = handovers.find(services.table, over.incident, services.now())
    if not over.takes(before) or standing is None or standing.id != over.id:
        raise StaleVersion("it waits elsewhere by now", subject=before.subject)
    return [handovers.still_owed(over)]
