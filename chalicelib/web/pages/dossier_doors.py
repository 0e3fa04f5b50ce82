"""The doors to "Mijn melding": a link, a number with a code, a shared part, and the way out.

A GET shows a page and opens nothing: previews fetch links. What does not open looks always alike.
"""

from collections.abc import Callable

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.errors import NotFound
from chalicelib.flows.citizen import doors
from chalicelib.flows.citizen.asking_code import ask_code
from chalicelib.flows.citizen.doors import Visit
from chalicelib.flows.citizen.dossier import view_dossier
from chalicelib.flows.taking_in.forms import enter_by_answers
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import PRIVATE, page, see
from chalicelib.web.requests import FORM, form_of, part
from chalicelib.web.sessions import as_cookie, cookie, same_origin

COOKIE = "nabij_melding"
ELSEWHERE = "https://www.knmi.nl/"
"""Where the quick way out leads: the weather, which nobody wonders about."""

HIDDEN = {**PRIVATE, "Cache-Control": "no-store, max-age=0"}


def place_of(request: Request) -> str:
    """Where a request comes from, to bound how often it is tried."""
    return str(request.context.get("identity", {}).get("sourceIp", ""))


def inside(request: Request) -> Visit | None:
    """Who is in their dossier with this browser."""
    return doors.visit(wiring.services(), cookie(request, COOKIE))


def shut(request: Request) -> Response:
    """What does not open: one page, whatever the reason."""
    return page(request, "dossier_shut.html", status=404, headers=HIDDEN)


def let_in(request: Request, open_door: Callable[[], str]) -> Response:
    """Through a door into the dossier, or the one page for what does not open."""
    same_origin(request)
    try:
        secret = open_door()
    except NotFound:
        return shut(request)
    return entered(request, secret)


def entered(request: Request, secret: str) -> Response:
    response = see("/melding")
    response.headers["Set-Cookie"] = as_cookie(request, COOKIE, secret)
    return response


@pages.route("/melding/link/{secret}")
def link(secret: str) -> Response:
    """A button, and nothing else: nothing is looked up."""
    request = pages.current_request
    action = f"/melding/link/{part(secret)}"
    return page(request, "dossier_link.html", headers=HIDDEN, action=action, shared=False)


@pages.route("/melding/link/{secret}", methods=["POST"], content_types=FORM)
def redeem(secret: str) -> Response:
    """The button was pressed."""
    request = pages.current_request
    services, before = wiring.services(), cookie(request, COOKIE)
    return let_in(request, lambda: doors.redeem(services, part(secret), place_of(request), before))


@pages.route("/melding/code", methods=["POST"], content_types=FORM)
def code() -> Response:
    """Send a code to the citizen's channel; the answer is the same for every number."""
    request = pages.current_request
    same_origin(request)
    number = form_of(request).get("nummer", "")[:40]
    ask_code(wiring.services(), number, place_of(request))
    return page(request, "dossier_code.html", headers=HIDDEN, number=number)


@pages.route("/melding/open", methods=["POST"], content_types=FORM)
def open_by_code() -> Response:
    """The number and the code that came."""
    request = pages.current_request
    services, filled = wiring.services(), form_of(request)
    number, said = filled.get("nummer", "")[:40], filled.get("code", "")[:40]
    place = place_of(request)
    return let_in(request, lambda: doors.enter_by_code(services, number, said, place))


@pages.route("/formulier/antwoord/{secret}/melding", methods=["POST"], content_types=FORM)
def from_answers(secret: str) -> Response:
    """From the page of answers to a form into its dossier."""
    request = pages.current_request
    services = wiring.services()
    return let_in(request, lambda: enter_by_answers(services, part(secret)))


@pages.route("/melding/gedeeld/{secret}")
def shared(secret: str) -> Response:
    """A button, likewise."""
    request = pages.current_request
    action = f"/melding/gedeeld/{part(secret)}"
    return page(request, "dossier_link.html", headers=HIDDEN, action=action, shared=True)


@pages.route("/melding/gedeeld/{secret}", methods=["POST"], content_types=FORM)
def read_shared(secret: str) -> Response:
    """What is shared, to read."""
    request = pages.current_request
    same_origin(request)
    services = wiring.services()
    try:
        visit = doors.visit_share(services, part(secret), place_of(request))
    except NotFound:
        return shut(request)
    view = view_dossier(services, visit)
    now = services.now()
    return page(
        request, "dossier_shared.html", headers=HIDDEN, now=now, view=view, parts=visit.parts
    )


@pages.route("/melding/weg", methods=["POST"], content_types=FORM)
def away() -> Response:
    """Out at once: the session ends and the browser goes somewhere unremarkable."""
    request = pages.current_request
    same_origin(request)
    doors.leave(wiring.services(), cookie(request, COOKIE))
    gone = {**HIDDEN, "Set-Cookie": as_cookie(request, COOKIE, "", life=0)}
    return page(request, "dossier_away.html", headers=gone, elsewhere=ELSEWHERE)
