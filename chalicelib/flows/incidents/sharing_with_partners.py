"""A matter is shared with a partner body: what it needs, for a purpose, until a day, by a link.

The partner reads what an agent wrote for them and nothing else, and says that they have it. The
citizen reads in their dossier who received what and why; of an incident no citizen's words are in
it, so it is in no dossier.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.conversation import Event, EventWhat
from chalicelib.domain.dutch_time import local
from chalicelib.domain.incident import is_incident
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.partner_share import DAYS, LONGEST, LONGEST_NAME, PartnerShare
from chalicelib.domain.principal import SYSTEM, Principal
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.hinting import tell
from chalicelib.flows.incidents import coordinating
from chalicelib.flows.incidents.stating import confirmed
from chalicelib.flows.services import Services
from chalicelib.store import access_log, case_doors, keys, partner_shares, timeline
from chalicelib.store.table import ConditionFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an agent fills in."""

    partner: str
    purpose: str
    told: str
    days: int


def proposed(services: Services, agent: Principal, subject: str) -> str:
    """Of an incident what is known, without a citizen's words; of a citizen's matter nothing."""
    if not is_incident(subject):
        found(services, subject)
        return ""
    incident = coordinating.view_incident(services, agent, subject).incident
    begun = local(incident.first_at)
    lines = [
        f"{incident.title} ({incident.reporters} melders)",
        f"Eerste melding: {begun:%d-%m-%Y %H:%M}",
        *confirmed(services, incident),
    ]
    return "\n".join(lines)[:LONGEST]


def share(services: Services, agent: Principal, subject: str, wanted: Wanted) -> str:
    """The address to hand to the partner; shown once. Raises ``InvalidInput`` or ``NotFound``."""
    agent.must_be_allowed_to("answer")
    must_be_complete(wanted)
    channel = "" if is_incident(subject) else found(services, subject).channel
    if is_incident(subject):
        coordinating.found(services, subject)
    now, secret = services.now(), case_doors.new_secret()
    made = PartnerShare(
        id=secrets.token_hex(8),
        subject=subject,
        partner=wanted.partner.strip(),
        purpose=wanted.purpose.strip(),
        told=wanted.told.strip(),
        until=later(now, timedelta(days=wanted.days)),
        by=agent.id,
        name=agent.name,
        at=now,
        digest=keys.secret_digest(secret),
    )
    services.table.write(
        *partner_shares.shared(made, secret, channel),
        timeline.happened(subject, event(made, "partner_shared", agent, now)),
        access_log.used(agent, "share_with_partner", f"{subject}:{made.id}", now, made.purpose),
    )
    tell(services, subject)
    return f"{services.public_url}/partner/{secret}"


def must_be_complete(wanted: Wanted) -> None:
    """Raises ``InvalidInput`` naming what is missing or too long."""
    fields = {}
    for name, longest in (("partner", LONGEST_NAME), ("purpose", LONGEST_NAME), ("told", LONGEST)):
        if not 0 < len(getattr(wanted, name).strip()) <= longest:
            nl, en = CALLED[name]
            fields[name] = {
                "nl": f"{nl}: 1 tot {longest} tekens.", "en": f"{en}: 1 to {longest} characters."
            }  # fmt: skip
    if wanted.days not in DAYS:
        fields["days"] = {"nl": "Kies hoe lang.", "en": "Choose for how long."}
    if fields:
        raise InvalidInput("not shared", fields)


CALLED = {
    "partner": ("Met wie", "With whom"),
    "purpose": ("Waarvoor", "What for"),
    "told": ("Wat zij lezen", "What they read"),
}


def shares_of(services: Services, reader: Principal, subject: str) -> list[PartnerShare]:
    """What partners may or could read of it, the latest first."""
    reader.must_be_allowed_to("read_conversation")
    return partner_shares.of_subject(services.table, subject, services.now())


def read_share(services: Services, secret: str) -> PartnerShare:
    """What the partner reads; each look is in the log of use. Raises ``NotFound``."""
    now = services.now()
    one = partner_shares.behind(services.table, secret, now)
    if one is None:
        raise NotFound("no such share")
    about = f"{one.subject}:{one.id}"
    services.table.write(access_log.read(SYSTEM, "read_share", about, now, one.purpose))
    return one


def receive_share(services: Services, secret: str, who: str) -> None:
    """The partner has it; saying so twice changes nothing. Raises ``NotFound``."""
    one, now = read_share(services, secret), services.now()
    by = who.strip()[:LONGEST_NAME] or one.partner
    partner = Principal(id="partner", name=by, role="system")
    try:
        services.table.write(
            partner_shares.received(one, by, now),
            timeline.happened(one.subject, event(one, "partner_received", partner, now)),
        )
    except ConditionFailed:
        return
    tell(services, one.subject)


def end_share(services: Services, agent: Principal, subject: str, id_: str) -> None:
    """They read it no more. Raises ``NotFound``."""
    agent.must_be_allowed_to("answer")
    known = {one.id: one for one in shares_of(services, agent, subject)}
    if id_ not in known:
        raise NotFound("no such share")
    now = services.now()
    try:
        services.table.write(
            *partner_shares.ended(known[id_], now),
            timeline.happened(subject, event(known[id_], "partner_ended", agent, now)),
            access_log.used(agent, "share_with_partner", f"{subject}:{id_}", now),
        )
    except ConditionFailed:
        return  # it was ended before
    tell(services, subject)


def event(one: PartnerShare, what: EventWhat, by: Principal, now: Moment) -> Event:
    """For the timeline, and by it for the dossier: who received it and why."""
    text = f"{one.partner} ({one.purpose})"
    return Event(what=what, at=now, by=by.id, name=by.name, text=text)
