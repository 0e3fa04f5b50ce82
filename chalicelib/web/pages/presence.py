"""An open page tells that it is open, and hears who else is there."""

from chalice import Response

from chalicelib import wiring
from chalicelib.flows.desk.presence import be_here
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page
from chalicelib.web.requests import FORM, form_of, part
from chalicelib.web.sessions import who_sent


@pages.route("/gesprek/{subject}/aanwezig", methods=["POST"], content_types=FORM)
def here(subject: str) -> Response:
    """I look, type, or leave; the answer is who else is here."""
    request = pages.current_request
    me = who_sent(request)
    what = form_of(request).get("ik", "")
    services = wiring.services()
    others = be_here(services, me, part(subject), typing=what == "typ", leaves=what == "ga")
    return page(request, "presence.html", now=services.now(), present=others)
