"""An unusual rise is proposed to the coordinators as a crisis; they decide."""

from chalicelib.domain.crisis import Crisis, Rise, area_of, rise_around
from chalicelib.domain.incident import Incident
from chalicelib.domain.principal import SYSTEM
from chalicelib.flows.incidents.crises import happened, told
from chalicelib.flows.incidents.standing_crises import standing
from chalicelib.flows.services import Services
from chalicelib.store import crises, incidents, keys
from chalicelib.store.table import ConditionFailed

A_FEW = 3
"""Reporters from which on an incident may be part of a rise."""


def watch_for_rise(services: Services, incident: Incident) -> None:
    """An incident was counted: perhaps its topic rises unusually in its area."""
    if incident.reporters < A_FEW:
        return
    now = services.now()
    if is_standing(services, area_of(incident), incident.topic):
        return
    rise = rise_around(incident, incidents.listing(services.table, "open", now), now)
    if rise:
        propose(services, rise)


def propose(services: Services, rise: Rise) -> None:
    """Ask the coordinators whether this is a crisis; once a day for each area and topic.

    For incidents, and for whatever else sees an unusual rise (``domain.crisis.unusual``).
    """
    now = services.now()
    if is_standing(services, rise.area, rise.topic):
        return
    crisis = Crisis(
        id=keys.crisis_id(rise.area, rise.topic, now[:10]),
        state="proposed",
        area=rise.area,
        topic=rise.topic,
        because=rise.because,
        at=now,
    )
    declined = {one.id for one in crises.over(services.table, now)}
    if crisis.id in declined:
        return
    event = happened(crisis, "crisis_proposed", SYSTEM, now, rise.because)
    try:
        services.table.write(crises.begun(crisis), event)
    except ConditionFailed:
        return  # it was proposed before
    told(services, crisis)


def is_standing(services: Services, area: str, topic: str) -> bool:
    """Whether it is proposed today, or on, or part of one that is: there is nothing to ask."""
    id_ = keys.crisis_id(area, topic, services.now()[:10])
    return any(
        one.id == id_ or (one.state == "on" and one.area in ("", area) and one.topic in ("", topic))
        for one in standing(services)
    )
