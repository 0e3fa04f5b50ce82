"""What colleagues do with cases: send a link, decide on a request to erase. No logic."""

from chalice import Response

from chalicelib import wiring
from chalicelib.errors import InvalidInput, Rejected
from chalicelib.flows.citizen import erasing
from chalicelib.flows.desk import surroundings
from chalicelib.flows.desk.case_beside import send_link
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.conversation import show
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, form_of, part, query_of
from chalicelib.web.sessions import signed_in, who_sent
from chalicelib.web.shown_conversation import Typed


@pages.route("/gesprek/{subject}/melding", methods=["POST"], content_types=FORM)
def link(subject: str) -> Response:
    """A link to the dossier goes to the citizen."""
    request = pages.current_request
    me, one = who_sent(request), part(subject)
    try:
        send_link(wiring.services(), me, one)
    except Rejected as problem:
        return show(request, me, one, typed=Typed(problem=problem))
    return see(f"/gesprek/{subject}", gedaan="link_verstuurd")


@pages.route("/verzoeken")
def requests() -> Response:
    """Requests to erase that wait for a decision."""
    return shown("")


@pages.route("/verzoeken/{number}", methods=["POST"], content_types=FORM)
def decide(number: str) -> Response:
    """Erase, or say why not."""
    request = pages.current_request
    me, filled = who_sent(request), form_of(request)
    erase, ground = filled.get("wissen") == "ja", filled.get("ground", "")
    try:
        erasing.decide(wiring.services(), me, part(number), erase=erase, ground=ground)
    except InvalidInput:
        return shown(part(number))
    return see("/verzoeken", gedaan="gewist" if erase else "niet_gewist")


def shown(wrong: str) -> Response:
    """The page; ``wrong`` is the request whose decision lacks a ground."""
    request, services = pages.current_request, wiring.services()
    me = signed_in(request)
    return page(
        request,
        "requests.html",
        status=422 if wrong else 200,
        now=services.now(),
        me=me,
        requests=erasing.requests(services, me),
        wrong=wrong,
        alarms=surroundings.standing_alarms(services, me),
        done=query_of(request).get("gedaan"),
    )
