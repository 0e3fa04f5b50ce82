"""Where a message is about: its own words, its point, its conversation, and its incident."""

from collections import Counter
from dataclasses import dataclass

from chalicelib.detection.locating.finding import find
from chalicelib.detection.locating.folding import fold
from chalicelib.detection.locating.gazetteer import at_hand
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.incident import Incident
from chalicelib.domain.message import Location
from chalicelib.domain.moments import Moment
from chalicelib.domain.whereabouts import Surroundings, Whereabouts
from chalicelib.flows.incidents.rolling_up import here
from chalicelib.flows.services import Services
from chalicelib.incidents.likeness import apart, parts_of
from chalicelib.incidents.report import Report
from chalicelib.store import incidents, kept_messages
from chalicelib.store.codec import from_text


def locate(services: Services, message: KeptMessage) -> Whereabouts:
    """What is known now; a later message of the conversation may have told more."""
    told = kept_messages.last(services.table, message.subject, services.now())
    return locate_among(message, told)


def locate_among(message: KeptMessage, told: list[KeptMessage]) -> Whereabouts:
    """The same, where what the conversation holds is known already."""
    return find(words_and_point(message), Surroundings(earlier=others(message, told)), at_hand())


@dataclass(frozen=True, slots=True)
class Estimate:
    """The best that is known in the end; None where that is honest."""

    place: str | None = None
    gemeente: str | None = None
    unit: str | None = None


def estimate(services: Services, message: KeptMessage) -> Estimate:
    """Where a message is about, by all that was said: also by others about the same incident."""
    where = locate(services, message)
    own = of_itself(where)
    if message.incident is None:
        return own
    now = services.now()
    incident = incidents.whole(services.table, message.incident, now)
    if incident is None or not incident.several:
        return own
    told = reports_of(services, incident)
    by_others = [one for one in told if one.message != message.id]
    gemeente = told_nearest(message.at, told)
    if own.gemeente and (own.gemeente == gemeente or stands(where, by_others, gemeente)):
        return own
    unit = at_hand().unit_of(gemeente) if gemeente else own.unit
    return Estimate(own.place or incident.place, gemeente or own.gemeente, unit)


def of_itself(where: Whereabouts) -> Estimate:
    """What a message and its conversation tell."""
    named, best = where.named, where.best
    unit = named.unit if named and (best or named.kind == "road") else None
    return Estimate(named.name if named else None, best.gemeente if best else None, unit)


def reports_of(services: Services, incident: Incident) -> list[Report]:
    """What its members say, by the time at which they did."""
    return [from_text(Report, one.report) for one in here(services, incident, services.now())]


MOST_AGREE = 0.6
SURE_OF_ITSELF = 0.7
MANY_AGREE, FEW = 2, 4
"""Of more than a few, at least two must name the same gemeente: one may have joined wrongly."""


def told_nearest(at: Moment, told: list[Report]) -> str | None:
    """Where most say that it is; of one that moves, where it was said to be at this time."""
    placed = [one for one in told if one.gemeente]
    counts = Counter(one.gemeente for one in placed)
    if not counts:
        return None
    likeliest, n = counts.most_common(1)[0]
    if n < MANY_AGREE and len(told) > FEW:
        return None
    if n >= MOST_AGREE * len(placed):
        return likeliest
    return min(placed, key=lambda one: apart(one.at, at)).gemeente


def stands(where: Whereabouts, told: list[Report], gemeente: str | None) -> bool:
    """Whether its own place is to be believed although most others name this gemeente.

    "De Hoek" is said of Hoek van Holland by those who tell of an event there, and is no other Hoek.
    """
    best = where.best
    if best is None or best.confidence < SURE_OF_ITSELF:
        return False
    there = [spot for one in told if one.gemeente == gemeente for spot in one.spots]
    longer = parts_of(spot for spot in there if " " in spot.name)
    return not set(fold(best.mention).split()) & longer


def others(message: KeptMessage, told: list[KeptMessage]) -> tuple[str, ...]:
    """What else the citizen wrote, what was written nearest before the message last."""
    own = [one for one in told if one.direction == "in" and one.id != message.id]
    before = [one for one in own if one.at <= message.at]
    after = [one for one in own if one.at > message.at]
    return tuple(words_and_point(one) for one in (*reversed(after), *before))


def words_and_point(message: KeptMessage) -> str:
    """All that a message says about where, as a text."""
    parts = [message.title, message.text]
    if message.location:
        location = from_text(Location, message.location)
        parts += [location.name, location.address, f"{location.lat:.5f}, {location.lon:.5f}"]
    return "\n".join(part for part in parts if part)
