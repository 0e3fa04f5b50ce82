"""An appeal from an incident: write, see whom it reaches, propose, approve, follow, stop."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import get_args
from uuid import uuid4

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.announcement import ASKS, Announcement, Appeal, Wording
from chalicelib.domain.assessment import Topic
from chalicelib.domain.incident import Incident
from chalicelib.domain.principal import Principal
from chalicelib.domain.volunteer import TOPICS
from chalicelib.errors import Conflict, InvalidInput, WebcareError
from chalicelib.flows.citizen.volunteering import ACCOUNTS, gemeente_named, gemeenten
from chalicelib.flows.desk import surroundings
from chalicelib.flows.incidents.announced import Preview, preview
from chalicelib.flows.incidents.answering_all import stop
from chalicelib.flows.incidents.appealing import approve, measured, propose, templates_for
from chalicelib.flows.incidents.coordinating import found
from chalicelib.flows.services import Services
from chalicelib.web import sentences
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, Fields, form_of, part, query_of
from chalicelib.web.sessions import same_origin, signed_in
from chalicelib.web.shown_queue import life_at_risk


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was written so far; ``preview`` is whom it would reach, ``asks`` it holds a warning."""

    told: Announcement
    preview: Preview | None = None
    asks: bool = False
    problem: WebcareError | None = None


@pages.route("/incident/{subject}/oproep")
def write_appeal(subject: str) -> Response:
    """The page to write on, for the incident's own area and topic."""
    request = pages.current_request
    me, one = signed_in(request), part(subject)
    me.must_be_allowed_to("coordinate")
    incident = found(wiring.services(), one)
    topic = incident.topic if incident.topic in TOPICS else ""
    fields = {"gemeente": incident.gemeente or "", "onderwerp": topic, "soort": ASKS[0]}
    return show(request, me, incident, Typed(told=written(me, one, fields)))


@pages.route("/incident/{subject}/oproep", methods=["POST"], content_types=FORM)
def propose_appeal(subject: str) -> Response:
    """Look at whom it reaches, or lay it before a colleague."""
    request = pages.current_request
    same_origin(request)
    me, one, form = signed_in(request), part(subject), form_of(request)
    services, told = wiring.services(), written(me, one, form)
    incident, looked = found(services, one), preview(services, me, told)
    typed = Typed(told=told, preview=looked)
    if form.get("doe") != "leg_voor":
        return show(request, me, incident, typed)
    if looked.proof.mark and form.get("gezien") != looked.proof.mark:
        return show(request, me, incident, replace(typed, asks=True))
    try:
        propose(services, me, told)
    except InvalidInput as problem:
        return show(request, me, incident, replace(typed, problem=problem))
    return see(f"/incident/{one}/oproep/{told.id}", gedaan="oproep_voorgelegd")


@pages.route("/incident/{subject}/oproep/{id}")
def follow_appeal(subject: str, id: str) -> Response:
    """How far it is and what it brought."""
    request = pages.current_request
    return followed(request, signed_in(request), part(subject), part(id))


@pages.route("/incident/{subject}/oproep/{id}/goedkeuren", methods=["POST"], content_types=FORM)
def approve_appeal(subject: str, id: str) -> Response:
    """Other eyes saw it."""
    return decided(subject, id, approve, "oproep_goedgekeurd")


@pages.route("/incident/{subject}/oproep/{id}/stop", methods=["POST"], content_types=FORM)
def stop_appeal(subject: str, id: str) -> Response:
    """No more of it."""
    return decided(subject, id, stop, "gestopt")


def decided(
    subject: str, id_: str, act: Callable[[Services, Principal, str, str], None], done: str
) -> Response:
    request = pages.current_request
    same_origin(request)
    me, one, name = signed_in(request), part(subject), part(id_)
    try:
        act(wiring.services(), me, one, name)
    except Conflict as problem:
        return followed(request, me, one, name, problem)
    return see(f"/incident/{one}/oproep/{name}", gedaan=done)


def show(request: Request, me: Principal, incident: Incident, typed: Typed) -> Response:
    """The page to write on, with whom it would reach."""
    services, words = wiring.services(), words_for(request)
    now, wrong = services.now(), typed.problem
    return page(
        request,
        "appeal.html",
        status=wrong.status if wrong else 422 if typed.asks else 200,
        now=now,
        me=me,
        incident=incident,
        typed=typed,
        possible=bool(ACCOUNTS.of(services)),
        gemeenten=gemeenten(),
        topics=TOPICS,
        asks=ASKS,
        templates=templates_for(services),
        fields=wrong.fields if isinstance(wrong, InvalidInput) else {},
        wrong=sentences.problem(words, now, wrong) if wrong else "",
        life=life_at_risk(services, me),
        alarms=surroundings.standing_alarms(services, me),
    )


def followed(
    request: Request, me: Principal, subject: str, id_: str, wrong: WebcareError | None = None
) -> Response:
    """The page of one appeal. Raises ``NotFound``."""
    services = wiring.services()
    now, seen = services.now(), measured(services, me, subject, id_)
    return page(
        request,
        "appeal_followed.html",
        status=wrong.status if wrong else 200,
        now=now,
        me=me,
        incident=found(services, subject),
        appeal=seen,
        seen=seen.progress,
        wrong=sentences.problem(words_for(request), now, wrong) if wrong else "",
        life=life_at_risk(services, me),
        alarms=surroundings.standing_alarms(services, me),
        done=query_of(request).get("gedaan"),
    )


def written(me: Principal, subject: str, form: Fields) -> Announcement:
    """What was typed."""
    now = wiring.services().now()
    typed = form.get("gemeente", "")[:80]
    topic: Topic = next((one for one in get_args(Topic) if one == form.get("onderwerp")), "anders")
    return Announcement(
        incident=subject,
        id=form.get("id") or uuid4().hex,
        by=me.id,
        name=me.name,
        role=me.role,
        team=me.team,
        at=now,
        seen_at=now,
        wordings=(Wording(audience="private", text=form.get("tekst", "").strip()),),
        template=form.get("sjabloon", ""),
        appeal=Appeal(
            asks=next((one for one in ASKS if one == form.get("soort")), ASKS[0]),
            gemeente=gemeente_named(typed) or typed,
            topic=topic,
        ),
    )
