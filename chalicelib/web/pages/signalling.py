"""Signals: what rises now, what rose before, and which other systems could not be told."""

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.signal import proposal
from chalicelib.flows.listening import calling, reading_signals, signalling
from chalicelib.web import numbers
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, form_of, query_of
from chalicelib.web.sessions import signed_in, who_sent


@pages.route("/signalen")
def signals() -> Response:
    """All of them."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    standing, past = reading_signals.view_signals(services, me)
    return page(
        request,
        "signals.html",
        now=services.now(),
        me=me,
        standing=standing,
        past=past,
        names={one.series: signalling.name_of(services, one) for one in [*standing, *past]},
        dead=calling.given_up(services, me),
        proposal=proposal,
        n=numbers,
        hours=reading_signals.QUIET_HOURS,
        done=query_of(request).get("gedaan"),
    )


@pages.route("/signalen", methods=["POST"], content_types=FORM)
def act() -> Response:
    """Quiet for a while, or tell another system again."""
    request = pages.current_request
    me, sent, services = who_sent(request), form_of(request), wiring.services()
    if sent.get("opnieuw"):
        calling.call_again(services, me, sent["opnieuw"])
        return see("/signalen", gedaan="signaal_opnieuw")
    hours = sent.get("uren", "")
    asked = int(hours) if hours.isascii() and hours.isdigit() else 0
    reading_signals.quieten(services, me, sent.get("reeks", ""), asked)
    return see("/signalen", gedaan="signaal_stil")
