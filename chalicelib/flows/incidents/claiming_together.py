"""One claim for all: who takes an incident takes its waiting conversations with it.

Each by its own condition: what a colleague has stays theirs. Giving back gives
back what one has of it. What follows it to another team: taking_along.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.incident import Incident, Member
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueRow
from chalicelib.errors import NotFound
from chalicelib.flows.desk import lists, queueing
from chalicelib.flows.desk.doing_together import ACTS, was_done
from chalicelib.flows.incidents.coordinating import FEW, found
from chalicelib.flows.incidents.rolling_up import here
from chalicelib.flows.services import Services
from chalicelib.store import queue

MOST = 100
"""Conversations taken with one press, the most urgent first; the next press takes the next."""

LONGER = 10
"""When life at risk has so many rows for each conversation that is asked about, these are read
instead: it is long by what happens elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The conversations of an incident that are on a list: what waits, and who has it.

    ``held`` is how many each colleague has, by name; ``at_risk`` are those with life at risk.
    """

    mine: int
    free: int
    held: dict[str, int]
    answered: int
    at_risk: list[QueueRow]


def rows_of(services: Services, incident: Incident, members: Iterable[Member]) -> list[QueueRow]:
    """The rows of its conversations, on the list of its team and among life at risk."""
    subjects = dict.fromkeys(member.subject for member in members)
    if 0 < len(subjects) <= FEW:
        life = queue.page(services.table, queue.LIFE, services.now(), LONGER * len(subjects), None)
        if life.after:
            return rows_among(services, incident, subjects)
    at_risk = queue.whole_list(services.table, queue.LIFE, services.now())
    rows = [*at_risk, *lists.rows_of(services, incident.team)]
    return [row for row in rows if row.subject in subjects]


def rows_among(services: Services, incident: Incident, subjects: Iterable[str]) -> list[QueueRow]:
    """The same of a few: each conversation by itself, and no list is read for it."""
    now, lists_of_it = services.now(), (queue.LIFE, incident.team)
    items = (queue.find(services.table, subject, now) for subject in subjects)
    rows = [lists.row_of(one) for one in items if one and one.list_name in lists_of_it]
    return sorted(rows, key=lambda row: row.order)


def waiting(
    services: Services, me: Principal, incident: Incident, members: Iterable[Member]
) -> Waiting:
    """What of it waits, counted now."""
    return waiting_in(services, me, rows_of(services, incident, members))


def waiting_among(
    services: Services, me: Principal, incident: Incident, members: Iterable[Member]
) -> Waiting:
    """The same of a few members, however long the lists are."""
    subjects = dict.fromkeys(member.subject for member in members)
    return waiting_in(services, me, rows_among(services, incident, subjects))


def waiting_in(services: Services, me: Principal, rows: list[QueueRow]) -> Waiting:
    """What of these rows waits, and who has it."""
    now = services.now()
    open_ones = [row for row in rows if not row.answered]
    held = [row for row in open_ones if row.claimed_by and (row.claim_until or "") > now]
    others = Counter(row.claimed_name or "" for row in held if row.claimed_by != me.id)
    mine = sum(row.claimed_by == me.id for row in held)
    return Waiting(
        mine=mine,
        free=len(open_ones) - len(held),
        held=dict(others.most_common()),
        answered=len(rows) - len(open_ones),
        at_risk=[row for row in open_ones if row.emergency],
    )


def claim_all(services: Services, agent: Principal, subject: str) -> None:
    """The incident, and what waits of it. Raises ``AlreadyClaimed`` when a colleague has it."""
    incident = found(services, subject)
    queueing.claim(services, agent, subject)
    members = here(services, incident, services.now())
    for row in [one for one in rows_of(services, incident, members) if not one.answered][:MOST]:
        was_done(services, agent, row.subject, ACTS["oppakken"])


def release_all(services: Services, agent: Principal, subject: str) -> None:
    """The incident, and what I have of it. Raises ``ClaimLost`` when it was not mine."""
    incident, now = found(services, subject), services.now()
    queueing.release(services, agent, subject)
    for row in rows_of(services, incident, here(services, incident, now)):
        if row.claimed_by == agent.id:
            was_done(services, agent, row.subject, give_back)


def give_back(services: Services, agent: Principal, subject: str, to: str) -> None:
    del to
    queueing.release(services, agent, subject)


def finish_answered(services: Services, agent: Principal, subject: str) -> None:
    """Those of its conversations that were answered, as they stand; what waits stays."""
    incident, now = found(services, subject), services.now()
    agent.must_be_allowed_to("answer")
    rows = rows_of(services, incident, here(services, incident, now))
    for row in [one for one in rows if one.answered and not one.emergency][:MOST]:
        was_done(services, agent, row.subject, finish_if_answered)


def finish_if_answered(services: Services, agent: Principal, subject: str, to: str = "") -> None:
    """Raises ``NotFound`` when it waits again; the fence sees what comes at this very moment."""
    del to
    seen = queueing.found(services, subject).newest
    item = queue.find(services.table, subject, services.now())
    if item is None or not item.answered:
        raise NotFound("nothing answered to finish", subject=subject)
    queueing.finish(services, agent, subject, seen)
