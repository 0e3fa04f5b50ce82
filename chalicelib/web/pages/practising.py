"""The debrief of a practice round; there is no such page where nobody practises."""

from chalice import Response

from chalicelib import wiring
from chalicelib.flows.running.debriefing import view_debrief
from chalicelib.web import numbers
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page
from chalicelib.web.sessions import signed_in


@pages.route("/oefening")
def debrief() -> Response:
    """How it goes, or went: the team first."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    view = view_debrief(services, me)
    return page(request, "debrief.html", now=services.now(), me=me, view=view, n=numbers)
