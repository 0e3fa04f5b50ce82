"""Searching what was said. The question is sent, not put into an address: addresses are kept."""

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.search import PURPOSES
from chalicelib.errors import InvalidInput
from chalicelib.flows.desk import searching
from chalicelib.flows.desk.searching import PERIODS, SearchView
from chalicelib.web.desk_page import desk_page
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.requests import FORM, Fields, form_of
from chalicelib.web.sessions import signed_in, who_sent


@pages.route("/zoeken")
def empty() -> Response:
    """The question."""
    return shown({}, None, None)


@pages.route("/zoeken", methods=["POST"], content_types=FORM)
def find() -> Response:
    """What was found."""
    request = pages.current_request
    me, form = who_sent(request), form_of(request)
    period = form.get("maanden", "")
    months = int(period) if period.isdecimal() else 0
    try:
        asked, purpose = form.get("zoek", ""), form.get("doel", "")
        found = searching.find(wiring.services(), me, asked, purpose, months)
    except InvalidInput as problem:
        return shown(form, None, problem)
    return shown(form, found, None)


def shown(form: Fields, found: SearchView | None, problem: InvalidInput | None) -> Response:
    request = pages.current_request
    me = signed_in(request)
    me.must_be_allowed_to("search")
    return desk_page(
        request,
        "search.html",
        me,
        status=problem.status if problem else 200,
        form=form,
        found=found,
        wrong=problem.fields if problem else {},
        purposes=PURPOSES,
        periods=PERIODS,
    )
