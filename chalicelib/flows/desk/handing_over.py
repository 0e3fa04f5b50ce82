"""Another team takes it from here: a conversation, or an incident with what waits of it.

    hand_over ─▶ the incident's item, and with it what is owed ─▶ take_along   in a job

One write, so that no incident goes without what waits of it, wherever it is handed over from.
"""

from dataclasses import replace
from functools import partial
from uuid import uuid4

from chalicelib.domain import queue_rules as rules
from chalicelib.domain.handover import Handover
from chalicelib.domain.incident import is_incident
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueItem
from chalicelib.errors import InvalidInput
from chalicelib.flows import nudges
from chalicelib.flows.desk.queueing import Also, Step, act, done, nothing_else
from chalicelib.flows.services import Services
from chalicelib.store import directory, handovers, incidents, keys
from chalicelib.store.table import Operation


def hand_over(
    services: Services, agent: Principal, subject: str, team: str, note: str = ""
) -> QueueItem:
    """Another team takes it from here.

    Raises ``InvalidInput`` when there is no such team, ``AlreadyClaimed`` when a colleague has it.
    """
    names = {one.id: one.name for one in directory.teams(services.table)}
    if team not in names:
        raise InvalidInput("no such team", {"team": {"nl": "onbekend team", "en": "unknown team"}})
    text = f"{names[team]}: {note}" if note else names[team]
    if not is_incident(subject):
        return give(services, agent, subject, team, text)
    owed = begun(agent, subject, team, names[team], services.now())
    item = give(services, agent, subject, team, text, also=partial(with_the_rest, services, owed))
    services.jobs.send("deliver", nudges.handover(keys.handover(subject)))
    return item


def give(
    services: Services,
    agent: Principal,
    subject: str,
    team: str,
    text: str,
    *,
    also: Also = nothing_else,
) -> QueueItem:
    """The one conditional change. Raises ``AlreadyClaimed``, and what ``also`` raises."""

    def rule(item: QueueItem, now: Moment) -> QueueItem:
        return rules.hand_over(rules.must_not_be_held_by_other(item, agent, now), team, now)

    event = done("handed_over", agent, services.now(), text)
    step = Step(action="hand_over", rule=rule, event=event, what="handed_over", also=also)
    return act(services, agent, subject, step)


def begun(agent: Principal, subject: str, team: str, name: str, now: Moment) -> Handover:
    return Handover(
        incident=subject,
        id=uuid4().hex,
        to=team,
        to_name=name,
        by=agent.id,
        name=agent.name,
        role=agent.role,
        team=agent.team,
        at=now,
    )


def with_the_rest(services: Services, owed: Handover, before: QueueItem) -> list[Operation]:
    """What waits of an incident is owed, and what was so before and has not followed yet."""
    earlier = handovers.find(services.table, owed.incident, services.now())
    left = {before.team, *(earlier.left if earlier else ())} - {owed.to}
    return [
        handovers.owed(replace(owed, left=tuple(sorted(left)))),
        incidents.given(owed.incident, owed.to),
    ]
