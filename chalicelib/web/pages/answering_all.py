"""Answering everyone who reports an incident: write, see whom it reaches, send, follow, stop."""

from dataclasses import replace

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.announcement import AUDIENCES, HOLD, Announcement, Wording
from chalicelib.domain.moments import later
from chalicelib.domain.principal import Principal
from chalicelib.errors import Conflict, InvalidInput, WebcareError
from chalicelib.flows.incidents.announced import progress
from chalicelib.flows.incidents.answering_all import announce, found_announcement, stop
from chalicelib.flows.incidents.coordinating import found
from chalicelib.flows.incidents.outdated import view_outdated
from chalicelib.flows.incidents.previewing_all import hearing, preview
from chalicelib.web.desk_page import desk_page
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.text_to_many import Typed, begun, decided, following, must_ask, writing
from chalicelib.web.rendering import see
from chalicelib.web.requests import FORM, Fields, form_of, part, query_of
from chalicelib.web.sessions import signed_in, who_sent

MOST_LANGUAGES = 4
"""Fields for texts in other languages than Dutch, those that most reporters write in."""


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
    me, one, form = who_sent(request), part(subject), form_of(request)
    services, told = wiring.services(), written(me, one, form)
    looked = preview(services, me, told)
    typed = Typed(told=told, preview=looked)
    if form.get("doe") != "verstuur":
        now = services.now()
        return show(request, me, replace(typed, told=replace(told, seen_at=now)))
    if must_ask(looked, form):
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
    return decided(subject, id, "gestopt", stop, follow)


@pages.route("/incident/{subject}/nakijken")
def outdated_answers(subject: str) -> Response:
    """Answers that became untrue."""
    request = pages.current_request
    me, one, services = signed_in(request), part(subject), wiring.services()
    incident, outdated = found(services, one), view_outdated(services, me, one)
    return desk_page(request, "incident_outdated.html", me, incident=incident, outdated=outdated)


def follow(
    request: Request, me: Principal, subject: str, id_: str, wrong: WebcareError | None = None
) -> Response:
    """The page of one answer to everyone. Raises ``NotFound``."""
    seen = progress(wiring.services(), me, subject, id_)
    leaves_at = later(seen.told.at, HOLD)
    return following(request, "incident_answered.html", me, seen, wrong, leaves_at=leaves_at)


def show(request: Request, me: Principal, typed: Typed) -> Response:
    """The page to write on, with whom it would reach. Raises ``NotFound``."""
    services, subject = wiring.services(), typed.told.incident
    heard = hearing(services, me, typed.told)
    others = [lang for lang in heard.audiences.get("private", {}) if lang not in ("nl", "und")]
    return writing(
        request,
        "incident_answer.html",
        me,
        found(services, subject),
        typed,
        hearing=heard,
        others=others[:MOST_LANGUAGES],
        templates=heard.templates,
        text_of={(one.audience, one.lang): one.text for one in typed.told.wordings},
    )


def written(me: Principal, subject: str, form: Fields) -> Announcement:
    """What was typed; the fields of texts are called by audience and language: ``private:en``."""
    named = {name: name.partition(":")[::2] for name in form if ":" in name}
    wordings = tuple(
        Wording(audience=audience, lang=lang, text=form[name].strip())
        for audience in AUDIENCES
        for name, (of, lang) in named.items()
        if of == audience and form[name].strip()
    )
    told = begun(me, subject, form)
    return replace(
        told,
        seen_at=min(form.get("gezien_tot") or told.at, told.at),
        wordings=wordings,
        corrects=form.get("verbetert", ""),
    )
