"""How it went: the citizen says it in the dossier, the team and its manager read it. No logic."""

from chalice import Response

from chalicelib import wiring
from chalicelib.flows.citizen.doors import Visit
from chalicelib.flows.citizen.surveying import rate, view_satisfaction
from chalicelib.flows.desk import surroundings
from chalicelib.flows.services import Services
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.dossier import acted
from chalicelib.web.rendering import page
from chalicelib.web.requests import FORM, Fields
from chalicelib.web.sessions import signed_in


@pages.route("/melding/hoe-ging-het", methods=["POST"], content_types=FORM)
def say_how_it_went() -> Response:
    """One question and one open field."""

    def act(services: Services, visit: Visit, filled: Fields) -> None:
        score = int(filled["score"]) if filled.get("score", "").isdecimal() else 0
        rate(services, visit, score, filled.get("woorden", ""), filled.get("message_id", ""))

    return acted("gezegd", act)


@pages.route("/tevredenheid")
def satisfaction() -> Response:
    """By team and topic, never by colleague."""
    request, services = pages.current_request, wiring.services()
    me = signed_in(request)
    return page(
        request,
        "satisfaction.html",
        now=services.now(),
        me=me,
        view=view_satisfaction(services, me),
        alarms=surroundings.standing_alarms(services, me),
    )
