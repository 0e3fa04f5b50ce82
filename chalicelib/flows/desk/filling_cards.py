"""What a card could say before an agent looked at it: cut from what was told, by rules."""

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.card import FIELDS, LONGEST, Told
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.dutch_time import local
from chalicelib.domain.incident import is_incident
from chalicelib.domain.principal import Principal
from chalicelib.domain.whereabouts import Candidate
from chalicelib.flows.assessing.locating import locate_among
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.incidents.coordinating import view_incident
from chalicelib.flows.incidents.stating import confirmed
from chalicelib.flows.services import Services
from chalicelib.intake.engine import heard, outcome
from chalicelib.intake.state import Said, State
from chalicelib.store import access_log, kept_messages
from chalicelib.store.codec import from_text


def proposed(services: Services, agent: Principal, subject: str) -> Told:
    """What the citizen wrote, in the fields of a card; empty where they did not say.

    To be read and corrected by a person: it is cut from their words, by rules.
    """
    agent.must_be_allowed_to("answer")
    if is_incident(subject):
        return of_incident(services, agent, subject)
    now = services.now()
    kept = kept_messages.listing(services.table, found(services, subject).subject, now)
    services.table.write(access_log.read(agent, "read_conversation", subject, now))
    told = [one for one in kept if one.direction == "in" and one.assessment and not one.deleted_at]
    if not told:
        return Told()
    slots = slots_of(told)
    slots["direction"] = slots.pop("suspect_direction", "")
    slots["where"] = where(locate_among(told[-1], kept).best, slots.get("where", ""))
    return Told(**{name: slots.get(name, "")[:LONGEST] for name in FIELDS})


def of_incident(services: Services, agent: Principal, subject: str) -> Told:
    """What is known of an event by all that was told of it: no citizen's name, and no number."""
    incident = view_incident(services, agent, subject).incident
    begun = local(incident.first_at)
    counts = f"{incident.reporters} melders, {incident.messages} berichten"
    lines = [f"{incident.title} ({counts})", *confirmed(services, incident)]
    return Told(
        what="\n".join(lines)[:LONGEST],
        where=incident.where[:LONGEST],
        when=f"eerste melding {begun:%d-%m-%Y %H:%M}",
    )


def slots_of(told: list[KeptMessage]) -> dict[str, str]:
    """What the intake hears in these messages, by slot."""
    state = State()
    for one in told:
        assessment = from_text(Assessment, one.assessment or "")
        state = heard(state, Said(text=one.text, channel=one.channel, assessment=assessment))
    return dict(outcome(state).slots)


def where(place: Candidate | None, said: str) -> str:
    """The citizen's own words for the place, and what maps call it where that is clear."""
    if place is None:
        return said
    name = place.name
    if place.gemeente and place.gemeente not in name:
        name = f"{name}, {place.gemeente}"
    return name if not said or said.casefold() in name.casefold() else f"{said} (kaart: {name})"
