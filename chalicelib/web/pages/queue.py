"""The queue: what waits, most urgent first, with life at risk on top."""

from typing import Any
from urllib.parse import parse_qsl

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.incident import is_incident
from chalicelib.domain.principal import Principal
from chalicelib.errors import AlreadyClaimed
from chalicelib.flows.answering.taking_back import can_be_taken_back
from chalicelib.flows.desk import drafting, keeping_views, queueing
from chalicelib.flows.desk.doing_together import do_together
from chalicelib.flows.desk.surroundings import standing_alarms
from chalicelib.flows.listening.reading_signals import open_signals
from chalicelib.web import numbers
from chalicelib.web.addresses import address_of
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.queue_address import as_query, filter_in
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, Fields, all_of, form_of, query_of
from chalicelib.web.sessions import signed_in, who_sent
from chalicelib.web.shown_queue import WAITS, life_at_risk, next_free, shown_queue


@pages.route("/")
def home() -> Response:
    """Everybody to their own work."""
    me = signed_in(pages.current_request)
    if me.may("read_queue"):
        return see("/wachtrij")
    if me.may("read_cards"):
        return see("/straat")
    return see("/gebruikslog" if me.may("read_use") else "/beheer")


@pages.route("/uitgelogd")
def signed_out() -> Response:
    """The session is over."""
    return page(pages.current_request, "signed_out.html")


@pages.route("/wachtrij")
def queue() -> Response:
    """The whole page."""
    return shown("queue.html")


@pages.route("/wachtrij/lijst")
def queue_list() -> Response:
    """Only what changes, for a page that is open."""
    return shown("queue_list.html")


@pages.route("/wachtrij/spoed")
def emergencies() -> Response:
    """Only life at risk, for an agent who is busy in a conversation."""
    request = pages.current_request
    services = wiring.services()
    life = life_at_risk(services, signed_in(request), query_of(request).get("behalve", ""))
    return page(request, "strip.html", now=services.now(), life=life)


@pages.route("/wachtrij/volgende", methods=["POST"], content_types=FORM)
def take_next() -> Response:
    """Take what is most urgent and free; when a colleague is faster, the one after it."""
    request = pages.current_request
    me = who_sent(request)
    me.must_be_allowed_to("answer")
    for subject in next_free(wiring.services(), me):
        try:
            queueing.claim(wiring.services(), me, subject)
        except AlreadyClaimed:
            continue
        done = "incident_opgepakt" if is_incident(subject) else "opgepakt"
        return see(address_of(subject), gedaan=done)
    return see("/wachtrij", gedaan="niets_vrij")


@pages.route("/wachtrij/samen", methods=["POST"], content_types=FORM)
def together() -> Response:
    """One act on all that were chosen; then the list as it was asked for."""
    request = pages.current_request
    me = who_sent(request)
    form = form_of(request)
    what = form.get("doe", "")
    to = form.get("team" if what == "overdragen" else "collega", "")
    found = do_together(wiring.services(), me, all_of(request, "kies"), what, to)
    counted = {"gelukt": str(found.done), "niet": str(found.not_done)}
    return see("/wachtrij", gedaan="samen", **counted, **kept_query(form))


@pages.route("/wachtrij/weergave", methods=["POST"], content_types=FORM)
def view() -> Response:
    """Keep the filter under a name, or throw one away."""
    request = pages.current_request
    me = who_sent(request)
    form = form_of(request)
    if form.get("weg"):
        keeping_views.forget_view(wiring.services(), me, form["weg"])
        return see("/wachtrij", gedaan="weergave_weg", **kept_query(form))
    kept = keeping_views.keep_view(
        wiring.services(), me, form.get("naam", ""), filter_in(kept_query(form))
    )
    return see(f"/wachtrij?{as_query(kept.filter, gedaan='weergave')}")


def kept_query(form: Fields) -> Fields:
    """The question of the page that a form stood on."""
    return dict(parse_qsl(form.get("hier", "")))


def shown(template: str) -> Response:
    """The queue as asked for in the address."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    query, fragment = query_of(request), template == "queue_list.html"
    found = shown_queue(services, me, query)
    return page(
        request,
        template,
        now=services.now(),
        me=me,
        queue=found,
        fragment=fragment,
        as_query=as_query,
        waits=WAITS,
        **({} if fragment else around_the_list(me, query)),
    )


def around_the_list(me: Principal, query: Fields) -> dict[str, Any]:
    """What only the whole page shows: an open page that looks again does not wait for it."""
    services = wiring.services()
    return {
        "alarms": standing_alarms(services, me),
        "done": query.get("gedaan"),
        "regret": regretted(me, query),
        "together_done": (query.get("gelukt", ""), query.get("niet", "")),
        "unsent": drafting.unsent(services, me),
        "rising": open_signals(services, me),
        "n": numbers,
    }


def regretted(me: Principal, query: Fields) -> Fields | None:
    """The answer that was just sent and finished with, while it can be taken back."""
    subject, reply_id = query.get("gesprek", ""), query.get("antwoord", "")
    known = subject and reply_id and query.get("gedaan")
    if known and can_be_taken_back(wiring.services(), me, subject, reply_id):
        return {"subject": subject, "reply_id": reply_id}
    return None
