"""A matter goes to a police unit or the centre: an agent fills in the card, they confirm it."""

from uuid import uuid4

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.card import FIELDS, LONGEST, Told
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput
from chalicelib.flows import passing_on, surroundings, viewing
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import PRIVATE, page, see
from chalicelib.web.requests import FORM, Fields, form_of, part, query_of
from chalicelib.web.sessions import same_origin, signed_in
from chalicelib.web.shown_queue import life_at_risk


@pages.route("/gesprek/{subject}/doorgeven")
def card(subject: str) -> Response:
    """The card, with what the citizen wrote already in it."""
    me = signed_in(pages.current_request)
    return filled_in(me, part(subject), {})


@pages.route("/gesprek/{subject}/doorgeven", methods=["POST"], content_types=FORM)
def pass_on(subject: str) -> Response:
    """Send the card."""
    request = pages.current_request
    same_origin(request)
    me, one, form = signed_in(request), part(subject), form_of(request)
    told = told_in(form)
    try:
        passing_on.pass_on(
            wiring.services(),
            me,
            one,
            receiver=form.get("naar", ""),
            told=told,
            card_id=form.get("card_id", ""),
        )
    except InvalidInput as problem:
        return filled_in(me, one, form, problem)
    return see(f"/gesprek/{subject}/doorgeven", gedaan="doorgegeven")


@pages.route("/gesprek/{subject}/doorgeven/{id}/gebeld", methods=["POST"], content_types=FORM)
def by_phone(subject: str, id: str) -> Response:
    """The agent called, and they have it now."""
    request = pages.current_request
    same_origin(request)
    me = signed_in(request)
    passing_on.told_by_phone(wiring.services(), me, part(subject), part(id))
    return see(f"/gesprek/{subject}/doorgeven", gedaan="gebeld")


@pages.route("/kaart/{secret}")
def sent_card(secret: str) -> Response:
    """The card, for who it was sent to. Looking at it is no receipt: mail is read by machines."""
    request = pages.current_request
    services = wiring.services()
    return page(
        request,
        "card_received.html",
        headers=PRIVATE,
        now=services.now(),
        card=passing_on.behind_link(services, part(secret)),
        fields=FIELDS,
        secret=secret,
    )


@pages.route("/kaart/{secret}", methods=["POST"], content_types=FORM)
def receive(secret: str) -> Response:
    """They have it. The link is the key: no session is asked, and so no page can borrow one."""
    form = form_of(pages.current_request)
    passing_on.receive(wiring.services(), part(secret), form.get("wie", ""))
    return see(f"/kaart/{secret}")


def told_in(form: Fields) -> Told:
    return Told(**{name: form.get(name, "").strip() for name in FIELDS})


def filled_in(
    me: Principal, subject: str, form: Fields, problem: InvalidInput | None = None
) -> Response:
    """The page; what was typed and not taken stays. Raises ``NotFound``."""
    request = pages.current_request
    services = wiring.services()
    view = viewing.view_conversation(services, me, subject)
    told = told_in(form) if form else passing_on.proposed(services, me, subject)
    return page(
        request,
        "card.html",
        status=problem.status if problem else 200,
        now=services.now(),
        me=me,
        subject=subject,
        view=view,
        told=told,
        fields=FIELDS,
        longest=LONGEST,
        receivers=passing_on.receivers(services, me),
        chosen=form.get("naar", ""),
        cards=passing_on.passed_on(services, me, subject),
        card_id=form.get("card_id") or uuid4().hex,
        wrong=problem.fields if problem else {},
        life=life_at_risk(services, me, except_for=subject),
        alarms=surroundings.standing_alarms(services, me),
        done=query_of(request).get("gedaan"),
    )
