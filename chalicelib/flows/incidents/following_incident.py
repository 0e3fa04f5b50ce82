"""A citizen follows the incident that they reported: what everyone is told about it.

It is read from the incident that their conversations are part of now. What was joined wrongly and
undone leaves nothing behind: with the incident, all of this goes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.case import Case, CaseLink
from chalicelib.domain.moments import Moment
from chalicelib.flows.citizen.doors import CITIZEN, Visit
from chalicelib.flows.incidents.announced import told_now
from chalicelib.flows.incidents.incident_desk import incident_of
from chalicelib.flows.services import Services
from chalicelib.store import access_log, cases, conversations


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What everyone was told at a moment."""

    at: Moment
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The incident of a case: whether the citizen follows it, and what was told since it began."""

    follows: bool
    told: tuple[Told, ...]


def followed(services: Services, case: Case, links: Iterable[CaseLink]) -> Followed | None:
    """None while nobody else reports the same. What was told only to who follows."""
    for link in links:
        conversation = conversations.find(services.table, link.subject, services.now())
        incident = incident_of(services, conversation.incident if conversation else None)
        if conversation is None or incident is None:
            continue
        texts = (
            Told(at=one.at, text=one.said_to("private", conversation.lang))
            for one in told_now(services, incident)
        )
        told = tuple(one for one in texts if one.text) if case.follows else ()
        return Followed(follows=case.follows, told=told)
    return None


def set_following(services: Services, inside: Visit, *, wanted: bool) -> None:
    """Whether the citizen wants what is told of it."""
    case, now = inside.case, services.now()
    services.table.write(
        cases.changed(case, follows=wanted),
        access_log.used(CITIZEN, "change_case", case.number, now),
    )
