"""A matter shared with a partner body: an agent fills in, the partner reads and says so."""

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.incident import is_incident
from chalicelib.domain.partner_share import DAYS, LONGEST, LONGEST_NAME
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput
from chalicelib.flows.incidents import sharing_with_partners
from chalicelib.flows.incidents.sharing_with_partners import Wanted
from chalicelib.web.addresses import address_of
from chalicelib.web.desk_page import desk_page
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import PRIVATE, page, see
from chalicelib.web.requests import FORM, Fields, form_of, part, query_of
from chalicelib.web.sessions import signed_in, who_sent


@pages.route("/delen/{subject}")
def sharing(subject: str) -> Response:
    """What is shared of it, and a form to share."""
    request = pages.current_request
    return show(request, signed_in(request), part(subject), {})


@pages.route("/delen/{subject}", methods=["POST"], content_types=FORM)
def share_with_partner(subject: str) -> Response:
    """Share; the link is on the page that comes back, and nowhere else."""
    request = pages.current_request
    me, one, form = who_sent(request), part(subject), form_of(request)
    days = form.get("dagen", "")
    wanted = Wanted(
        partner=form.get("met", ""),
        purpose=form.get("waarvoor", ""),
        told=form.get("tekst", ""),
        days=int(days) if days.isdecimal() else 0,
    )
    try:
        address = sharing_with_partners.share(wiring.services(), me, one, wanted)
    except InvalidInput as problem:
        return show(request, me, one, form, problem=problem)
    return show(request, me, one, {}, address=address)


@pages.route("/delen/{subject}/{id}/stop", methods=["POST"], content_types=FORM)
def end_partner_share(subject: str, id: str) -> Response:
    """The partner reads it no more."""
    request = pages.current_request
    one = part(subject)
    sharing_with_partners.end_share(wiring.services(), who_sent(request), one, part(id))
    return see(f"/delen/{one}", gedaan="partner_gestopt")


@pages.route("/partner/{secret}")
def partner_view(secret: str) -> Response:
    """What the partner reads. Looking at it is no receipt: mail is read by machines."""
    request, services = pages.current_request, wiring.services()
    one = sharing_with_partners.read_share(services, part(secret))
    return page(
        request,
        "partner_view.html",
        headers=PRIVATE,
        now=services.now(),
        share=one,
        secret=secret,
        longest_name=LONGEST_NAME,
    )


@pages.route("/partner/{secret}", methods=["POST"], content_types=FORM)
def partner_receives(secret: str) -> Response:
    """They have it. The link is the key: no session is asked, and so no page can borrow one."""
    who = form_of(pages.current_request).get("wie", "")
    sharing_with_partners.receive_share(wiring.services(), part(secret), who)
    return see(f"/partner/{secret}")


def show(
    request: Request,
    me: Principal,
    subject: str,
    form: Fields,
    *,
    address: str = "",
    problem: InvalidInput | None = None,
) -> Response:
    """The page; what was typed and not taken stays. Raises ``NotFound``."""
    services = wiring.services()
    me.must_be_allowed_to("answer")
    prefilled = {"tekst": sharing_with_partners.proposed(services, me, subject)}
    return desk_page(
        request,
        "partner_shares.html",
        me,
        status=problem.status if problem else 200,
        headers=PRIVATE,
        back=address_of(subject),
        of_incident=is_incident(subject),
        subject=subject,
        shares=sharing_with_partners.shares_of(services, me, subject),
        filled=form or prefilled,
        address=address,
        wrong=problem.fields if problem else {},
        days=DAYS,
        longest=LONGEST,
        longest_name=LONGEST_NAME,
        done=query_of(request).get("gedaan"),
    )
