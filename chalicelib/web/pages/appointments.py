"""Appointments: made and called off in the dossier, summed up by an agent. No logic."""

from itertools import groupby
from uuid import uuid4

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.dutch_time import day_of
from chalicelib.errors import ChannelNotApproved, InvalidInput, NotFound, Rejected
from chalicelib.flows.citizen.doors import Visit
from chalicelib.flows.desk import appointing
from chalicelib.flows.desk.appointing import Wish
from chalicelib.flows.services import Services
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.conversation import show
from chalicelib.web.pages.dossier import acted, from_inside, wrong_in
from chalicelib.web.pages.dossier_doors import HIDDEN, inside
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, Fields, form_of, part, query_of
from chalicelib.web.sessions import who_sent
from chalicelib.web.shown_conversation import Typed


@pages.route("/melding/afspraak")
def choose() -> Response:
    """How, and then when: the moments that are free."""
    visit = inside(pages.current_request)
    way = query_of(pages.current_request).get("hoe", "")
    return shown(pages.current_request, visit, way) if visit else see("/melding")


@pages.route("/melding/afspraak", methods=["POST"], content_types=FORM)
def book() -> Response:
    """Take a moment."""

    def answer(request: Request, visit: Visit) -> Response:
        filled = form_of(request)
        asked = [filled.get(name, "") for name in ("hoe", "moment", "phone", "message_id")]
        way, start, phone, message_id = asked
        try:
            wish = Wish(way=way, start=start, phone=phone)
            appointing.book(wiring.services(), visit, wish, message_id)
        except InvalidInput as problem:
            return shown(request, visit, way, errors=wrong_in(request, problem), filled=filled)
        except (NotFound, ChannelNotApproved):
            wrong = {"text": words_for(request)("dossier.not_now")}
            return shown(request, visit, way, errors=wrong, filled=filled)
        return see("/melding", gedaan="afspraak")

    return from_inside(answer)


@pages.route("/melding/afspraak/af", methods=["POST"], content_types=FORM)
def call_off() -> Response:
    """The citizen cannot."""

    def act(services: Services, visit: Visit, filled: Fields) -> None:
        appointing.call_off(services, visit, filled.get("message_id", ""))

    return acted("afgezegd", act)


@pages.route("/gesprek/{subject}/afspraak", methods=["POST"], content_types=FORM)
def sum_up(subject: str) -> Response:
    """What was said, by the agent who said it."""
    request = pages.current_request
    me, one = who_sent(request), part(subject)
    try:
        summary = form_of(request).get("summary", "")
        appointing.sum_up(wiring.services(), me, one, summary)
    except Rejected as problem:
        return show(request, me, one, typed=Typed(problem=problem))
    return see(f"/gesprek/{subject}", gedaan="samengevat")


def shown(request: Request, visit: Visit, way: str, **more: object) -> Response:
    services = wiring.services()
    chosen = appointing.way_named(services, way)
    free = appointing.free(services, visit.case, chosen) if chosen else []
    facts: dict[str, object] = {"errors": {}, "filled": {}, **more}
    return page(
        request,
        "meet.html",
        status=422 if facts["errors"] else 200,
        headers=HIDDEN,
        now=services.now(),
        ways=appointing.ways(services),
        chosen=chosen,
        days=[(day, list(moments)) for day, moments in groupby(free, key=day_of)],
        message_id=uuid4().hex,
        **facts,
    )
