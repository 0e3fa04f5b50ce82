"""A matter goes to a police unit or the centre: an agent fills in the card, they confirm it."""

from uuid import uuid4

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.cap import as_cap
from chalicelib.domain.card import FIELDS, LONGEST, Status, Told
from chalicelib.domain.incident import Incident, is_incident
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueItem
from chalicelib.errors import InvalidInput
from chalicelib.flows.desk import filling_cards, passing_on, receiving_cards, viewing
from chalicelib.flows.incidents.incident_desk import view_desk
from chalicelib.flows.services import Services
from chalicelib.web.addresses import address_of
from chalicelib.web.desk_page import desk_page
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import PRIVATE, page, see
from chalicelib.web.requests import FORM, Fields, form_of, part, query_of
from chalicelib.web.sessions import signed_in, who_sent


@pages.route("/gesprek/{subject}/doorgeven")
def card(subject: str) -> Response:
    """The card, with what the citizen wrote already in it."""
    return empty_card(part(subject))


@pages.route("/incident/{subject}/doorgeven")
def incident_card(subject: str) -> Response:
    """The card of an incident, with what all its reports together tell."""
    return empty_card(part(subject))


def empty_card(subject: str) -> Response:
    return filled_in(signed_in(pages.current_request), subject, {})


@pages.route("/gesprek/{subject}/doorgeven", methods=["POST"], content_types=FORM)
def pass_on(subject: str) -> Response:
    """Send the card."""
    return sent(part(subject))


@pages.route("/incident/{subject}/doorgeven", methods=["POST"], content_types=FORM)
def pass_on_incident(subject: str) -> Response:
    """Send the card of an incident."""
    return sent(part(subject))


def sent(subject: str) -> Response:
    request = pages.current_request
    me, form = who_sent(request), form_of(request)
    try:
        passing_on.pass_on(
            wiring.services(),
            me,
            subject,
            receiver=form.get("naar", ""),
            told=told_in(form),
            card_id=form.get("card_id", ""),
        )
    except InvalidInput as problem:
        return filled_in(me, subject, form, problem)
    return see(f"{address_of(subject)}/doorgeven", gedaan="doorgegeven")


@pages.route("/gesprek/{subject}/doorgeven/{id}/gebeld", methods=["POST"], content_types=FORM)
def by_phone(subject: str, id: str) -> Response:
    """The agent called, and they have it now."""
    return called(part(subject), part(id))


@pages.route("/incident/{subject}/doorgeven/{id}/gebeld", methods=["POST"], content_types=FORM)
def incident_by_phone(subject: str, id: str) -> Response:
    """The same of an incident."""
    return called(part(subject), part(id))


def called(subject: str, card_id: str) -> Response:
    request = pages.current_request
    receiving_cards.told_by_phone(wiring.services(), who_sent(request), subject, card_id)
    return see(f"{address_of(subject)}/doorgeven", gedaan="gebeld")


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
        card=receiving_cards.behind_link(services, part(secret)),
        fields=FIELDS,
        secret=secret,
    )


@pages.route("/kaart/{secret}", methods=["POST"], content_types=FORM)
def receive(secret: str) -> Response:
    """They have it. The link is the key: no session is asked, and so no page can borrow one."""
    form = form_of(pages.current_request)
    receiving_cards.receive(wiring.services(), part(secret), form.get("wie", ""))
    return see(f"/kaart/{secret}")


@pages.route("/kaart/{secret}/cap.xml")
def as_document(secret: str) -> Response:
    """The card as a CAP 1.2 document, for a system over there."""
    services, one = wiring.services(), part(secret)
    card = receiving_cards.behind_link(services, one)
    link = f"{services.public_url}/kaart/{one}"
    text = as_cap(card, link, practice=services.practice)
    return Response(body=text, headers={**PRIVATE, **CAP_HEADERS})


CAP_HEADERS = {
    "Content-Type": "application/cap+xml; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


@pages.route("/kaart/{secret}/stand", methods=["POST"], content_types=FORM)
def how_far(secret: str) -> Response:
    """Under way, or done. The link is the key, as for the receipt."""
    status = form_of(pages.current_request).get("stand", "")
    if status not in STATUS_OF:
        raise InvalidInput("no status", {"stand": {"nl": "Kies een stand.", "en": "Choose one."}})
    receiving_cards.status_by_link(wiring.services(), part(secret), STATUS_OF[status])
    return see(f"/kaart/{secret}")


STATUS_OF: dict[str, Status] = {"onderweg": "under_way", "klaar": "done"}
"""How forms name it."""


def about(
    services: Services, me: Principal, subject: str
) -> tuple[str | Incident, QueueItem | None]:
    """Whose matter it is: a citizen by name, or the incident; and how it waits."""
    if is_incident(subject):
        desk = view_desk(services, me, subject)
        return desk.incident, desk.item
    view = viewing.view_conversation(services, me, subject)
    return view.conversation.author_name or "", view.item


def told_in(form: Fields) -> Told:
    return Told(**{name: form.get(name, "").strip() for name in FIELDS})


def filled_in(
    me: Principal, subject: str, form: Fields, problem: InvalidInput | None = None
) -> Response:
    """The page; what was typed and not taken stays. Raises ``NotFound``."""
    request = pages.current_request
    services = wiring.services()
    who, item = about(services, me, subject)
    told = told_in(form) if form else filling_cards.proposed(services, me, subject)
    return desk_page(
        request,
        "card.html",
        me,
        busy_with=subject,
        status=problem.status if problem else 200,
        subject=subject,
        who=who,
        item=item,
        told=told,
        fields=FIELDS,
        longest=LONGEST,
        receivers=passing_on.receivers(services, me),
        chosen=form.get("naar", ""),
        cards=passing_on.passed_on(services, me, subject),
        card_id=form.get("card_id") or uuid4().hex,
        wrong=problem.fields if problem else {},
        done=query_of(request).get("gedaan"),
    )
