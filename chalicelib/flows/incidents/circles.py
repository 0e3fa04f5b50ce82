"""Whom one text to many is for: everyone who reports the incident, or an appeal's volunteers."""

from chalicelib.domain.announcement import Announcement
from chalicelib.flows.incidents.asking import look_at, volunteers_for
from chalicelib.flows.incidents.coordinating import found
from chalicelib.flows.incidents.reaching import Person, Reach, reach, reporters
from chalicelib.flows.incidents.rolling_up import here
from chalicelib.flows.services import Services


def circle(services: Services, told: Announcement) -> list[Person]:
    """Everybody that it is for. Raises ``NotFound`` when the incident is gone."""
    incident = found(services, told.incident)
    if told.appeal:
        return volunteers_for(services, told.appeal)
    return reporters(here(services, incident, services.now()))


def reach_of(services: Services, told: Announcement, person: Person) -> Reach:
    """Whether and how one of them is reached."""
    if person.volunteer:
        return look_at(services, told, person.volunteer)
    return reach(services, told, person)
