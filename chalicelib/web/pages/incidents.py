"""One incident: who reports it and why these belong together; work on it, join, part, take out."""

from collections.abc import Callable
from functools import partial

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.principal import Principal
from chalicelib.domain.statement import LONGEST
from chalicelib.errors import Conflict, InvalidInput, WebcareError
from chalicelib.flows.desk import queueing, surroundings
from chalicelib.flows.desk.handing_over import hand_over
from chalicelib.flows.incidents import coordinating
from chalicelib.flows.incidents.claiming_together import (
    claim_all,
    finish_answered,
    release_all,
)
from chalicelib.flows.incidents.finding_useful import find_useful, take_useful_back
from chalicelib.flows.incidents.incident_desk import place_of, view_desk
from chalicelib.flows.services import Services
from chalicelib.web import sentences
from chalicelib.web.addresses import address_of
from chalicelib.web.desk_page import desk_page
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import see
from chalicelib.web.requests import FORM, Fields, all_of, form_of, part, query_of
from chalicelib.web.sessions import signed_in, who_sent
from chalicelib.web.shown_map import shown_spot, spot_of
from chalicelib.web.shown_queue import holder_of

Act = Callable[[Services, Principal, str], object]


@pages.route("/incident/{subject}")
def incident(subject: str) -> Response:
    """The whole page."""
    request = pages.current_request
    return show(request, signed_in(request), part(subject))


def show(
    request: Request,
    me: Principal,
    subject: str,
    wrong: WebcareError | None = None,
    statement: Fields | None = None,
) -> Response:
    """The incident, and what could not be done and why; a ``statement`` that was not taken stays.

    Raises ``NotFound``.
    """
    services = wiring.services()
    asked = query_of(request)
    begin = int(asked.get("vanaf", "")[:6]) if asked.get("vanaf", "").isdecimal() else 0
    desk = view_desk(services, me, subject, begin, count_all=asked.get("wachtend") == "alles")
    now = services.now()
    words = words_for(request)
    item = desk.item
    point = spot_of(desk.incident)
    return desk_page(
        request,
        "incident.html",
        me,
        status=wrong.status if wrong else 200,
        subject=subject,
        desk=desk,
        spot=shown_spot(*point) if point else None,
        holder=holder_of(item.claimed_by, item.claim_until, me, now) if item else "nobody",
        done=asked.get("gedaan"),
        begin=begin,
        teams=surroundings.team_names(services, me),
        wrong=sentences.problem(words, now, wrong) if wrong else "",
        wrong_statement=statement or {},
        longest_statement=LONGEST,
        told=partial(sentences.told, words, now),
    )


@pages.route("/incident/{subject}/oppakken", methods=["POST"], content_types=FORM)
def claim_incident(subject: str) -> Response:
    """I take it with what waits of it, or keep these for another quarter of an hour."""
    return acted(subject, "incident_opgepakt", claim_all)


@pages.route("/incident/{subject}/teruggeven", methods=["POST"], content_types=FORM)
def release_incident(subject: str) -> Response:
    """I give it back, with what I have of it."""
    return acted(subject, "teruggegeven", release_all)


@pages.route("/incident/{subject}/overdragen", methods=["POST"], content_types=FORM)
def hand_over_incident(subject: str) -> Response:
    """Another team takes it, and what waits of it, from here."""
    form = form_of(pages.current_request)
    team, note = form.get("team", ""), form.get("note", "").strip()
    return acted(
        subject,
        "overgedragen",
        lambda services, me, one: hand_over(services, me, one, team, note),
    )


@pages.route("/incident/{subject}/afronden", methods=["POST"], content_types=FORM)
def finish_incident(subject: str) -> Response:
    """Nothing waits for the team here any more; the conversations stay."""
    return acted(subject, "incident_afgerond", queueing.finish)


@pages.route("/incident/{subject}/afronden_beantwoord", methods=["POST"], content_types=FORM)
def finish_answered_ones(subject: str) -> Response:
    """Nothing waits any more in the conversations that were answered."""
    return acted(subject, "afgerond_beantwoord", finish_answered)


@pages.route("/incident/{subject}/uithalen", methods=["POST"], content_types=FORM)
def take_out(subject: str) -> Response:
    """The chosen messages are about something else, or about one other event."""
    request = pages.current_request
    chosen, apart = all_of(request, "kies"), form_of(request).get("doe") == "apart"
    return acted(
        subject,
        "incident_uit",
        lambda services, me, one: coordinating.take_out(services, me, one, chosen, apart=apart),
    )


@pages.route("/incident/{subject}/terugzetten", methods=["POST"], content_types=FORM)
def put_back(subject: str) -> Response:
    """What was taken out belongs to it after all."""
    chosen = all_of(pages.current_request, "kies")
    return acted(
        subject,
        "incident_terug",
        lambda services, me, one: coordinating.put_back(services, me, one, chosen),
    )


@pages.route("/incident/{subject}/bruikbaar", methods=["POST"], content_types=FORM)
def find_message_useful(subject: str) -> Response:
    """A message helped, or did not after all; the reader stays at it."""
    request = pages.current_request
    me, one, form = who_sent(request), part(subject), form_of(request)
    back = "terug" in form
    message = form.get("terug" if back else "bericht", "")
    act = take_useful_back if back else find_useful
    act(wiring.services(), me, one, message)
    query = {"vanaf": form["vanaf"]} if form.get("vanaf", "").isdecimal() else {}
    done = "niet_bruikbaar" if back else "bruikbaar"
    return see(address_of(one), place=place_of(message), gedaan=done, **query)


@pages.route("/incident/{subject}/samenvoegen", methods=["POST"], content_types=FORM)
def join_incidents(subject: str) -> Response:
    """Another one is the same event."""
    other = form_of(pages.current_request).get("ander", "")
    return acted(
        subject,
        "incident_samen",
        lambda services, me, one: coordinating.join(services, me, one, other),
    )


@pages.route("/incident/{subject}/losmaken", methods=["POST"], content_types=FORM)
def part_incidents(subject: str) -> Response:
    """It was another event after all."""
    other = form_of(pages.current_request).get("ander", "")
    return acted(
        subject,
        "incident_los",
        lambda services, me, one: coordinating.part(services, me, one, other),
    )


def acted(subject: str, done: str, act: Act) -> Response:
    """Do it and say so; when the world moved on, show the incident as it is now, and why."""
    request = pages.current_request
    me = who_sent(request)
    one = part(subject)
    try:
        act(wiring.services(), me, one)
    except (Conflict, InvalidInput) as problem:
        return show(request, me, one, problem)
    return see(address_of(one), gedaan=done)
