"""What is stated of an incident: put on its board, changed, or taken off."""

from typing import cast, get_args

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.statement import Standing
from chalicelib.errors import Conflict, InvalidInput
from chalicelib.flows.incidents.stating import Stating, state
from chalicelib.web.addresses import address_of
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.incidents import show
from chalicelib.web.rendering import see
from chalicelib.web.requests import FORM, Fields, form_of, part
from chalicelib.web.sessions import who_sent


@pages.route("/incident/{subject}/feiten", methods=["POST"], content_types=FORM)
def state_fact(subject: str) -> Response:
    """A next version of a statement, or a new one."""
    request = pages.current_request
    me, one, form = who_sent(request), part(subject), form_of(request)
    try:
        state(wiring.services(), me, one, stated_in(form))
    except (Conflict, InvalidInput) as problem:
        return show(request, me, one, problem, form)
    return see(address_of(one), gedaan="vastgelegd")


def stated_in(form: Fields) -> Stating:
    standing, after = form.get("stand", ""), form.get("na", "")
    return Stating(
        standing=cast("Standing", standing) if standing in get_args(Standing) else "unknown",
        text=form.get("tekst", ""),
        source=form.get("bron", ""),
        id=form.get("feit", ""),
        after=int(after) if after.isdecimal() else 0,
        dropped=form.get("weg") == "ja",
    )
