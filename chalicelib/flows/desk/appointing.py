"""A person by another way: a moment to be called, to talk by video, or to make an aangifte.

dossier: a place is taken ──▶ a message of the citizen's, which the team reads
clock:   five minutes before ──▶ on top of the queue, whatever became of that message
agent:   calls, and writes a summary ──▶ in the dossier; the place is free
"""

import secrets
from dataclasses import dataclass, replace

from chalicelib.domain.appointment import SEATS, Appointment, Way, phone_number, places
from chalicelib.domain.case import Case, CaseItem
from chalicelib.domain.dutch_time import DAY_NAMES, local
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows.citizen.adding import add, open_chat
from chalicelib.flows.citizen.cases import case_of
from chalicelib.flows.citizen.doors import CITIZEN, Visit
from chalicelib.flows.services import Services
from chalicelib.store import access_log, agenda, cases
from chalicelib.store.table import ConditionFailed

LONGEST_SUMMARY = 4_000

SAID: dict[Way, str] = {
    "call": "Ik wil graag gebeld worden op {at}. Mijn nummer: {phone}.",
    "video": "Ik wil graag met iemand praten met beeld op {at}.",
    "aangifte": "Ik wil graag aangifte doen met een medewerker op {at}. Mijn nummer: {phone}.",
}
CALLED_OFF = "Mijn afspraak van {at} gaat niet door."

TAKEN = {
    "nl": "Dit moment is net bezet. Kies een ander.",
    "en": "This moment was taken just now. Choose another.",
}
NO_PHONE = {"nl": "Vul uw telefoonnummer in.", "en": "Enter your telephone number."}
NO_SUMMARY = {"nl": "Schrijf kort op wat er is besproken.", "en": "Say in short what was said."}


def ways(services: Services) -> tuple[Way, ...]:
    """Video only where the organisation has a service for it."""
    return ("call", "video", "aangifte") if services.video else ("call", "aangifte")


def way_named(services: Services, name: str) -> Way | None:
    """The way that somebody chose; None where there is no such."""
    return next((one for one in ways(services) if one == name), None)


def free(services: Services, case: Case, way: Way) -> list[Moment]:
    """The moments at which somebody of the team can, this coming week."""
    gone = agenda.taken(services.table, case.team, way, services.now())
    seats = range(SEATS[way])
    possible = places(services.calendar, services.now())
    return [at for at in possible if any((at, seat) not in gone for seat in seats)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks for, as it was typed."""

    way: str
    start: Moment
    phone: str


def book(services: Services, inside: Visit, wish: Wish, message_id: str) -> None:
    """Take that place, once. Raises ``InvalidInput``, or what adding to a dossier raises."""
    case, start = inside.case, wish.start
    chosen = way_named(services, wish.way)
    number = phone_number(wish.phone) if chosen != "video" else ""
    had = of_case(services, case)
    again = had and (had.way, had.start, had.phone) == (chosen, start, number)
    if chosen is None or not (again or start in free(services, case, chosen)):
        raise InvalidInput("that moment is not free", {"moment": TAKEN})
    if number is None:
        raise InvalidInput("no number to call", {"phone": NO_PHONE})
    open_chat(services, case)
    text = SAID[chosen].format(at=in_words(start), phone=number)
    if again:  # whoever took the place may have died before the message
        add(services, inside, text, message_id=message_id)
        return
    made = Appointment(
        number=case.number,
        way=chosen,
        team=case.team,
        start=start,
        seat=0,
        phone=number,
        room=secrets.token_urlsafe(16) if chosen == "video" else "",
    )
    take(services, made)
    add(services, inside, text, message_id=message_id)


def take(services: Services, made: Appointment) -> None:
    """The first seat that is free. Raises ``InvalidInput`` where there is none, or one is had."""
    now = services.now()
    item = CaseItem(what="appointed", at=now, text=in_words(made.start))
    log = access_log.used(CITIZEN, "change_case", made.number, now)
    for seat in range(SEATS[made.way]):
        try:
            place = agenda.booked(replace(made, seat=seat), now)
            services.table.write(*place, cases.did(made.number, item), log)
        except ConditionFailed:
            continue
        return
    raise InvalidInput("that moment is not free", {"moment": TAKEN})


def call_off(services: Services, inside: Visit, message_id: str) -> None:
    """The citizen cannot: the team reads it, and the place is free again. Raises ``NotFound``.

    The message first: who dies in between leaves an appointment, that can be called off again.
    """
    made = of_case(services, inside.case)
    if made is None:
        raise NotFound("no appointment")
    add(services, inside, CALLED_OFF.format(at=in_words(made.start)), message_id=message_id)
    end(services, made, CaseItem(what="called_off", at=services.now()), CITIZEN)


def of_case(services: Services, case: Case) -> Appointment | None:
    return agenda.of_case(services.table, case.number, services.now())


def end(services: Services, made: Appointment, item: CaseItem, by: Principal) -> None:
    """Nothing is left of it but a line in the dossier. Raises ``NotFound``."""
    log = access_log.used(by, "change_case", made.number, services.now())
    try:
        services.table.write(*agenda.over(made), cases.did(made.number, item), log)
    except ConditionFailed:
        raise NotFound("it was over before") from None


def beside(services: Services, subject: str) -> Appointment | None:
    """The appointment of the case that this conversation belongs to."""
    case = case_of(services, subject)
    return of_case(services, case) if case else None


def sum_up(services: Services, agent: Principal, subject: str, text: str) -> None:
    """The agent spoke to the citizen, who reads this. Raises ``InvalidInput`` or ``NotFound``."""
    agent.must_be_allowed_to("answer")
    made, text = beside(services, subject), text.strip()
    if made is None:
        raise NotFound("no appointment")
    if not 0 < len(text) <= LONGEST_SUMMARY:
        raise InvalidInput("no summary", {"summary": NO_SUMMARY})
    end(services, made, CaseItem(what="talked", at=services.now(), text=text), agent)


def in_words(at: Moment) -> str:
    """``dinsdag 24-11 om 10:00 uur``: what is kept and sent is Dutch."""
    then = local(at)
    day = DAY_NAMES["nl"][then.weekday()]
    return f"{day} {then.day}-{then.month} om {then:%H:%M} uur"


def room_of(services: Services, made: Appointment | None) -> str:
    """The address of the video call; empty where there is none."""
    return f"{services.video}/{made.room}" if made and made.room and services.video else ""
