"""Whom one text to many is for: everyone who reports the incident, or an appeal's volunteers.

Read once and listed, some people on each page, so that what a step of it reads does not grow with
how many they are. Before that, its writer sees what it would do for the latest of them.
"""

from dataclasses import dataclass
from uuid import uuid4

from chalicelib.domain.announcement import Announcement, Person
from chalicelib.flows.incidents.asking import look_at, volunteer_of, volunteers_for
from chalicelib.flows.incidents.coordinating import FEW, found
from chalicelib.flows.incidents.reaching import Reach, reach, reporters
from chalicelib.flows.incidents.rolling_up import here, with_parts
from chalicelib.flows.services import Services
from chalicelib.store import announcements, incidents

A_PAGE = 25
"""People in one job; then the lane is free for others."""


@dataclass(frozen=True, slots=True)
class Latest:
    """Those of a circle that are looked at, and how many are in it as it was counted last."""

    people: list[Person]
    everybody: int


def circle(services: Services, told: Announcement) -> list[Person]:
    """Everybody that it is for. Raises ``NotFound`` when the incident is gone."""
    incident = found(services, told.incident)
    if told.appeal:
        return volunteers_for(services, told.appeal)
    return reporters(here(services, incident, services.now()))


def latest(services: Services, told: Announcement) -> Latest:
    """The same, as many as a page can wait for. Raises ``NotFound``.

    Of an incident with many messages only the latest are read; what somebody wrote before these,
    perhaps elsewhere, does not count then.
    """
    incident = found(services, told.incident)
    if told.appeal or incident.messages <= FEW:
        everybody = circle(services, told)
        return Latest(everybody[:FEW], len(everybody))
    names, now = with_parts(services, incident), services.now()
    looked = reporters(incidents.newest(services.table, names, 0, FEW, now))
    return Latest(looked, max(len(looked), incident.people))


def list_circle(services: Services, told: Announcement) -> None:
    """Write down whom it is for, without who came late.

    Raises ``ConditionFailed`` when another worker did, or it was stopped; whose pages these are is
    said by the last write, so that nobody's are mixed.
    """
    table, now, name = services.table, services.now(), uuid4().hex
    everybody = [one for one in circle(services, told) if one.since <= told.seen_at]
    begins = range(0, len(everybody), A_PAGE)
    for number, begin in enumerate(begins):
        table.write(announcements.page_of(name, number, everybody[begin : begin + A_PAGE], now))
    table.write(announcements.listed(told, name, len(begins)))


def reach_of(services: Services, told: Announcement, person: Person) -> Reach | None:
    """Whether and how one of them is reached; None who is no volunteer any more."""
    if told.appeal is None:
        return reach(services, told, person)
    volunteer = volunteer_of(services, told, person)
    return look_at(services, told, volunteer) if volunteer else None
