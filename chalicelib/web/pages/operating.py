"""The operator's page: what came in, what became of it, what is broken, and how to repair it."""

from typing import get_args

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.account import Use
from chalicelib.flows.assessing import recalling
from chalicelib.flows.running import operating
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, all_of, form_of, query_of
from chalicelib.web.sessions import signed_in, who_sent

USES = get_args(Use)


@pages.route("/beheer")
def overview() -> Response:
    """The state of the house."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    return page(
        request,
        "operating.html",
        now=services.now(),
        me=me,
        house=operating.overview(services, me),
        found=recalling.view_recall(services, me),
        uses=USES,
        done=query_of(request).get("gedaan"),
    )


@pages.route("/beheer/opnieuw-inlezen", methods=["POST"], content_types=FORM)
def replay() -> Response:
    """Read an unreadable envelope again."""
    request = pages.current_request
    me = who_sent(request)
    operating.replay_envelope(wiring.services(), me, form_of(request).get("id", ""))
    return see("/beheer", gedaan="opnieuw_ingelezen")


@pages.route("/beheer/opnieuw", methods=["POST"], content_types=FORM)
def redrive() -> Response:
    """Put dead letters back on their lane: the chosen ones, or all when none is named."""
    request = pages.current_request
    me = who_sent(request)
    lane = form_of(request).get("lane", "")
    operating.redrive(wiring.services(), me, lane, *all_of(request, "id"))
    return see("/beheer", gedaan="teruggezet")
