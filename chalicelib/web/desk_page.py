"""A page for a colleague at work: whatever it is about, with what must not be missed beside it."""

from typing import Any

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.principal import Principal
from chalicelib.flows.desk import surroundings
from chalicelib.web.rendering import page
from chalicelib.web.shown_queue import life_at_risk


def desk_page(
    request: Request, template: str, me: Principal, *, busy_with: str = "", **facts: Any
) -> Response:
    """The page with the lane of life at risk, but for what ``me`` is busy with, and our faults."""
    services = wiring.services()
    return page(
        request,
        template,
        now=services.now(),
        me=me,
        life=life_at_risk(services, me, except_for=busy_with),
        alarms=surroundings.standing_alarms(services, me),
        **facts,
    )
