"""What a coordinator does with incidents: look, join two, part them again, take messages out.

Everything can be undone and is counted anew. No member is lost by it: what is joined keeps its own
members and is named as a part, what is taken out stays noted where it was. The citizens'
conversations and dossiers tell nothing of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from chalicelib.domain.conversation import Event, EventWhat
from chalicelib.domain.incident import Incident, Member, State, is_incident
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import SYSTEM, Principal
from chalicelib.errors import InvalidInput, NotFound, StoreUnavailable
from chalicelib.flows.incidents.rolling_up import once, roll_up, those_here, told, with_parts
from chalicelib.flows.services import Services
from chalicelib.store import (
    access_log,
    conversations,
    incidents,
    kept_messages,
    keys,
    queue,
    timeline,
)
from chalicelib.store.access_log import Action
from chalicelib.store.table import ConditionFailed, Operation

TRIES = 5
AT_ONCE = 20
"""Messages that are moved in one go, and that are shown on one page."""

FEW = 200
"""Up to so many messages a look reads all of them; of more, those of one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """An incident with its members; ``parts`` were joined into it, ``out`` was taken out.

    ``whole``: these are all of them; else one page, and of ``out`` the latest.
    """

    incident: Incident
    members: list[Member]
    whole: bool
    parts: list[Incident]
    out: list[Member]
    timeline: list[Event]


def view_incidents(services: Services, principal: Principal, state: State) -> list[Incident]:
    """All in a state that more than one citizen tells of, the latest first."""
    principal.must_be_allowed_to("read_queue")
    now = services.now()
    services.table.write(access_log.read(principal, "read_incidents", state, now))
    found = incidents.listing(services.table, state, now)
    return [one for one in found if one.several]


def view_incident(
    services: Services, principal: Principal, subject: str, begin: int = 0
) -> IncidentView:
    """One incident with what it is made of. Raises ``NotFound``.

    ``begin``: of a large one, the page from this member on, counted from the latest.
    """
    principal.must_be_allowed_to("read_conversation")
    now, table = services.now(), services.table
    incident = found(services, subject)
    table.write(access_log.read(principal, "read_incident", subject, now))
    parts = [one for name in incident.parts if (one := incidents.find(table, name, now))]
    whole = incident.messages <= FEW
    members, out = all_of(services, incident) if whole else page_of(services, incident, begin)
    return IncidentView(
        incident=incident,
        members=members,
        whole=whole,
        parts=parts,
        out=out,
        timeline=timeline.events(table, subject, now),
    )


def all_of(services: Services, incident: Incident) -> tuple[list[Member], list[Member]]:
    """Every member, and what was taken out."""
    own = incidents.members(services.table, incident.subject, services.now())
    return those_here(services, incident, own), [one for one in own if not one.here]


def page_of(
    services: Services, incident: Incident, begin: int
) -> tuple[list[Member], list[Member]]:
    """Some members in the order of their time, and the latest that were taken out."""
    table, now = services.table, services.now()
    names = with_parts(services, incident)
    members = incidents.newest(table, names, begin, AT_ONCE, now)
    out = incidents.newest(table, [incident.subject], 0, AT_ONCE, now, here=False)
    return members[::-1], out[::-1]


def found(services: Services, subject: str) -> Incident:
    """The incident. Raises ``NotFound``."""
    known = is_incident(subject)
    incident = incidents.find(services.table, subject, services.now()) if known else None
    if incident is None:
        raise NotFound("no such incident", subject=subject)
    return incident


def join(services: Services, agent: Principal, into: str, other: str) -> Incident:
    """Two incidents are one event: ``other`` becomes a part. Raises ``InvalidInput``."""
    must_coordinate(agent)
    if into == other:
        raise InvalidInput("the same incident", {"other": SAME})

    def writes(now: Moment) -> list[Operation]:
        whole, part = found(services, into), found(services, other)
        if whole.joined_into or part.joined_into:
            raise InvalidInput("joined already", {"other": JOINED})
        taken = replace(part, state="joined", joined_into=into, version=part.version + 1)
        parts = (*whole.parts, other)
        grown = replace(whole, state="open", parts=parts, version=whole.version + 1)
        item = queue.find(services.table, other, now)
        return [
            incidents.saved(part, taken, None, now),
            incidents.saved(whole, grown, now, now),
            incidents.unpictured(other),
            *([queue.finished(item)] if item else []),
            happened(into, "incident_joined", agent, now, part.title),
        ]

    act(services, agent, "join_incidents", into, writes)
    return counted(services, into)


def part(services: Services, agent: Principal, into: str, other: str) -> Incident:
    """It was another event: ``other`` stands on its own again. Raises ``InvalidInput``."""
    must_coordinate(agent)

    def writes(now: Moment) -> list[Operation]:
        whole, lost = found(services, into), found(services, other)
        if other not in whole.parts:
            raise InvalidInput("no part of it", {"other": NO_PART})
        left = tuple(name for name in whole.parts if name != other)
        free = replace(lost, state="open", joined_into=None, version=lost.version + 1)
        rest = replace(whole, parts=left, version=whole.version + 1)
        return [
            incidents.saved(lost, free, now, now),
            incidents.saved(whole, rest, now, now),
            happened(into, "incident_parted", agent, now, lost.title),
        ]

    act(services, agent, "part_incidents", into, writes)
    counted(services, other)
    return counted(services, into)


def take_out(
    services: Services, agent: Principal, subject: str, messages: list[str], *, apart: bool
) -> str | None:
    """These messages are about something else; ``apart``: about one other event, a new incident.

    The new incident's id. Raises ``InvalidInput`` when they are no members, or too many at once.
    """
    must_coordinate(agent)
    chosen = chosen_of(services, subject, messages)
    name = keys.incident_id(f"{subject}#{chosen[0].message}") if apart else None

    def writes(now: Moment) -> list[Operation]:
        out: list[Operation] = [incidents.moved(one, name or "") for one in chosen]
        back = [replace(one, incident=name or "", added_by=agent.id) for one in chosen]
        if name:
            out += [incidents.added(one, now) for one in back]
            out.append(incidents.founded(begun(services, subject, name, chosen, now), now, now))
        pointing = [replace(one, incident=name or "") for one in chosen]
        out += once(change for one in pointing for change in pointed(one, name))
        return [*out, happened(subject, "incident_parted", agent, now, str(len(chosen)))]

    act(services, agent, "part_incidents", subject, writes)
    counted(services, subject)
    if name:
        counted(services, name)
    return name


def put_back(services: Services, agent: Principal, subject: str, messages: list[str]) -> Incident:
    """What was taken out belongs to it after all. Raises ``InvalidInput``."""
    must_coordinate(agent)
    own = incidents.members(services.table, subject, services.now())
    chosen = [one for one in own if one.message in messages and not one.here]
    if not chosen or len(chosen) > AT_ONCE:
        raise InvalidInput("nothing to put back", {"messages": NO_MEMBER})
    elsewhere = {one.gone_to for one in chosen if one.gone_to}

    def writes(now: Moment) -> list[Operation]:
        back: list[Operation] = [incidents.moved(one, None) for one in chosen]
        back += [
            incidents.moved(replace(one, incident=one.gone_to), subject)
            for one in chosen
            if one.gone_to
        ]
        back += once(change for one in chosen for change in told(one))
        return [*back, happened(subject, "incident_joined", agent, now, str(len(chosen)))]

    act(services, agent, "join_incidents", subject, writes)
    for name in elsewhere:
        counted(services, name)
    return counted(services, subject)


def chosen_of(services: Services, subject: str, messages: list[str]) -> list[Member]:
    """The members meant, all of this very incident. Raises ``InvalidInput``."""
    own = incidents.members(services.table, found(services, subject).subject, services.now())
    chosen = [one for one in own if one.message in messages and one.here]
    if not chosen or len(chosen) != len(set(messages)) or len(chosen) > AT_ONCE:
        raise InvalidInput("not members of it", {"messages": NO_MEMBER})
    return chosen


def begun(
    services: Services, subject: str, name: str, chosen: list[Member], now: Moment
) -> Incident:
    """The incident that messages of another make up by themselves."""
    known = found(services, subject)
    return Incident(
        subject=name,
        team=known.team,
        topic=known.topic,
        urgency="geen",
        emergency=False,
        title="",
        first_at=chosen[0].at,
        latest_at=max(one.at for one in chosen),
        rolled_at=now,
    )


def pointed(member: Member, name: str | None) -> tuple[Operation, Operation]:
    """Message and conversation name their incident, or none."""
    return (
        kept_messages.part_of(member.subject, member.message_sk, name),
        conversations.told_of(member.subject, name),
    )


def act(
    services: Services,
    agent: Principal,
    action: Action,
    subject: str,
    writes: Callable[[Moment], list[Operation]],
) -> None:
    """Write it with its line in the log of use; who was passed by another reads again."""
    for _ in range(TRIES):
        now = services.now()
        try:
            services.table.write(*writes(now), access_log.used(agent, action, subject, now))
        except ConditionFailed:
            continue
        return
    raise StoreUnavailable("too many writers on one incident")


def counted(services: Services, subject: str) -> Incident:
    """As it is after counting anew."""
    roll_up(services, keys.incident(subject))
    return found(services, subject)


def must_coordinate(agent: Principal) -> None:
    """Raises ``NotAllowed``. The service itself may, too: what it joins can be undone."""
    if agent.id != SYSTEM.id:
        agent.must_be_allowed_to("coordinate")


def happened(subject: str, what: EventWhat, agent: Principal, now: Moment, text: str) -> Operation:
    event = Event(what=what, at=now, by=agent.id, name=agent.name, text=text)
    return timeline.happened(subject, event)


SAME = {"nl": "hetzelfde voorval", "en": "the same incident"}
JOINED = {"nl": "is al samengevoegd", "en": "was joined already"}
NO_PART = {"nl": "hoort er niet bij", "en": "is no part of it"}
NO_MEMBER = {"nl": "geen berichten van dit voorval", "en": "no messages of this incident"}
