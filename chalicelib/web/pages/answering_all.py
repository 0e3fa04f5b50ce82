"""Answering everyone who reports an incident: write, see whom it reaches, send, follow, stop."""

from dataclasses import dataclass, field, replace
from uuid import uuid4

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.announcement import AUDIENCES, HOLD, Announcement, Wording
from chalicelib.domain.moments import later
from chalicelib.domain.principal import Principal
from chalicelib.errors import Conflict, InvalidInput, WebcareError
from chalicelib.flows.desk import surroundings
from chalicelib.flows.incidents.announced import Preview, hearing, preview, progress
from chalicelib.flows.incidents.answering_all import announce, found_announcement, stop
from chalicelib.flows.incidents.coordinating import found
from chalicelib.flows.incidents.outdated import view_outdated
from chalicelib.web import sentences
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, Fields, form_of, part, query_of
from chalicelib.web.sessions import same_origin, signed_in
from chalicelib.web.shown_queue import life_at_risk

MOST_LANGUAGES = 4
"""Fields for texts in other languages than Dutch, those that most reporters write in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was written so far; ``preview`` is whom it would reach, ``asks`` it holds a warning."""

    told: Announcement
    preview: Preview | None = None
    asks: bool = False
    problem: WebcareError | None = None
    fields: Fields = field(default_factory=dict)


@pages.route("/incident/{subject}/antwoord")
def write_to_all(subject: str) -> Response:
    """The page to write on; for a correction with the earlier text in it."""
    request = pages.current_request
    me, one = signed_in(request), part(subject)
    corrects = query_of(request).get("verbetert", "")
    services = wiring.services()
    earlier = found_announcement(services, one, corrects) if corrects else None
    told = written(me, one, {"verbetert": corrects})
    if earlier:
        told = replace(told, wordings=earlier.wordings, template=earlier.template)
    return show(request, me, Typed(told=told))


@pages.route("/incident/{subject}/antwoord", methods=["POST"], content_types=FORM)
def answer_all(subject: str) -> Response:
    """Look at whom it reaches, or send it."""
    request = pages.current_request
    same_origin(request)
    me, one, form = signed_in(request), part(subject), form_of(request)
    services, told = wiring.services(), written(me, one, form)
    looked = preview(services, me, told)
    typed = Typed(told=told, preview=looked)
    if form.get("doe") != "verstuur":
        now = services.now()
        return show(request, me, replace(typed, told=replace(told, seen_at=now)))
    if looked.proof.mark and form.get("gezien") != looked.proof.mark:
        return show(request, me, replace(typed, asks=True))
    try:
        announce(services, me, told)
    except (Conflict, InvalidInput) as problem:
        return show(request, me, replace(typed, problem=problem))
    return see(f"/incident/{one}/antwoord/{told.id}", gedaan="aan_iedereen")


@pages.route("/incident/{subject}/antwoord/{id}")
def answered_all(subject: str, id: str) -> Response:
    """How far it is."""
    request = pages.current_request
    return follow(request, signed_in(request), part(subject), part(id))


@pages.route("/incident/{subject}/antwoord/{id}/stop", methods=["POST"], content_types=FORM)
def stop_answer(subject: str, id: str) -> Response:
    """No more of it."""
    request = pages.current_request
    same_origin(request)
    me, one, name = signed_in(request), part(subject), part(id)
    try:
        stop(wiring.services(), me, one, name)
    except Conflict as problem:
        return follow(request, me, one, name, problem)
    return see(f"/incident/{one}/antwoord/{name}", gedaan="gestopt")


@pages.route("/incident/{subject}/nakijken")
def outdated_answers(subject: str) -> Response:
    """Answers that became untrue."""
    request = pages.current_request
    me, one, services = signed_in(request), part(subject), wiring.services()
    return page(
        request,
        "incident_outdated.html",
        now=services.now(),
        me=me,
        incident=found(services, one),
        outdated=view_outdated(services, me, one),
        life=life_at_risk(services, me),
        alarms=surroundings.standing_alarms(services, me),
    )


def follow(
    request: Request,
    me: Principal,
    subject: str,
    id_: str,
    wrong: WebcareError | None = None,
) -> Response:
    """The page of one answer to everyone. Raises ``NotFound``."""
    services = wiring.services()
    now, seen = services.now(), progress(services, me, subject, id_)
    return page(
        request,
        "incident_answered.html",
        status=wrong.status if wrong else 200,
        now=now,
        me=me,
        incident=found(services, subject),
        seen=seen,
        leaves_at=later(seen.told.at, HOLD),
        wrong=sentences.problem(words_for(request), now, wrong) if wrong else "",
        life=life_at_risk(services, me),
        alarms=surroundings.standing_alarms(services, me),
        done=query_of(request).get("gedaan"),
    )


def show(request: Request, me: Principal, typed: Typed) -> Response:
    """The page to write on, with whom it would reach. Raises ``NotFound``."""
    services = wiring.services()
    now, subject = services.now(), typed.told.incident
    heard = hearing(services, me, subject)
    others = [lang for lang in heard.audiences.get("private", {}) if lang not in ("nl", "und")]
    return page(
        request,
        "incident_answer.html",
        status=typed.problem.status if typed.problem else 422 if typed.asks else 200,
        now=now,
        me=me,
        incident=found(services, subject),
        hearing=heard,
        others=others[:MOST_LANGUAGES],
        typed=typed,
        text_of={(one.audience, one.lang): one.text for one in typed.told.wordings},
        wrong=sentences.problem(words_for(request), now, typed.problem) if typed.problem else "",
        life=life_at_risk(services, me),
        alarms=surroundings.standing_alarms(services, me),
    )


def written(me: Principal, subject: str, form: Fields) -> Announcement:
    """What was typed; the fields of texts are called by audience and language: ``private:en``."""
    now = wiring.services().now()
    named = {name: name.partition(":")[::2] for name in form if ":" in name}
    wordings = tuple(
        Wording(audience=audience, lang=lang, text=form[name].strip())
        for audience in AUDIENCES
        for name, (of, lang) in named.items()
        if of == audience and form[name].strip()
    )
    return Announcement(
        incident=subject,
        id=form.get("id") or uuid4().hex,
        by=me.id,
        name=me.name,
        role=me.role,
        team=me.team,
        at=now,
        seen_at=min(form.get("gezien_tot") or now, now),
        wordings=wordings,
        template=form.get("sjabloon", ""),
        corrects=form.get("verbetert", ""),
    )
