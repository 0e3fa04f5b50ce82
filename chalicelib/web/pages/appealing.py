"""An appeal from an incident: write, see whom it reaches, propose, approve, follow, stop."""

from dataclasses import replace
from typing import get_args

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.announcement import ASKS, Announcement, Appeal, Wording
from chalicelib.domain.assessment import Topic
from chalicelib.domain.incident import Incident
from chalicelib.domain.principal import Principal
from chalicelib.domain.volunteer import TOPICS
from chalicelib.errors import InvalidInput, WebcareError
from chalicelib.flows.citizen.volunteering import ACCOUNTS, gemeente_named, gemeenten
from chalicelib.flows.incidents.answering_all import stop
from chalicelib.flows.incidents.appealing import approve, measured, propose, templates_for
from chalicelib.flows.incidents.coordinating import found
from chalicelib.flows.incidents.previewing_all import preview
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.text_to_many import Typed, begun, decided, following, must_ask, writing
from chalicelib.web.rendering import see
from chalicelib.web.requests import FORM, Fields, form_of, part
from chalicelib.web.sessions import signed_in, who_sent


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
    me, one, form = who_sent(request), part(subject), form_of(request)
    services, told = wiring.services(), written(me, one, form)
    incident, looked = found(services, one), preview(services, me, told)
    typed = Typed(told=told, preview=looked)
    if form.get("doe") != "leg_voor":
        return show(request, me, incident, typed)
    if must_ask(looked, form):
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
    return follow(request, signed_in(request), part(subject), part(id))


@pages.route("/incident/{subject}/oproep/{id}/goedkeuren", methods=["POST"], content_types=FORM)
def approve_appeal(subject: str, id: str) -> Response:
    """Other eyes saw it."""
    return decided(subject, id, "oproep_goedgekeurd", approve, follow)


@pages.route("/incident/{subject}/oproep/{id}/stop", methods=["POST"], content_types=FORM)
def stop_appeal(subject: str, id: str) -> Response:
    """No more of it."""
    return decided(subject, id, "gestopt", stop, follow)


def show(request: Request, me: Principal, incident: Incident, typed: Typed) -> Response:
    """The page to write on, with whom it would reach."""
    services, wrong = wiring.services(), typed.problem
    return writing(
        request,
        "appeal.html",
        me,
        incident,
        typed,
        possible=bool(ACCOUNTS.of(services)),
        gemeenten=gemeenten(),
        topics=TOPICS,
        asks_for=ASKS,
        templates=templates_for(services),
        fields=wrong.fields if isinstance(wrong, InvalidInput) else {},
    )


def follow(
    request: Request, me: Principal, subject: str, id_: str, wrong: WebcareError | None = None
) -> Response:
    """The page of one appeal. Raises ``NotFound``."""
    seen = measured(wiring.services(), me, subject, id_)
    return following(request, "appeal_followed.html", me, seen.progress, wrong, appeal=seen)


def written(me: Principal, subject: str, form: Fields) -> Announcement:
    """What was typed."""
    typed = form.get("gemeente", "")[:80]
    topic: Topic = next((one for one in get_args(Topic) if one == form.get("onderwerp")), "anders")
    return replace(
        begun(me, subject, form),
        wordings=(Wording(audience="private", text=form.get("tekst", "").strip()),),
        appeal=Appeal(
            asks=next((one for one in ASKS if one == form.get("soort")), ASKS[0]),
            gemeente=gemeente_named(typed) or typed,
            topic=topic,
        ),
    )
