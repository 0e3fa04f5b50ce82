"""Figures for programs: kept sums by hour or day, what waits, and the four public figures."""

from typing import Any

from chalice import Blueprint, Response

from chalicelib import wiring
from chalicelib.domain.dutch_time import day_of
from chalicelib.flows.figures import exporting_figures
from chalicelib.flows.figures.exporting_figures import plain
from chalicelib.flows.figures.publishing import PublicFigures, public_figures
from chalicelib.web.answers import as_json
from chalicelib.web.requests import query_of
from chalicelib.web.sessions import signed_in

figures_api = Blueprint(__name__)

V1 = "/api/v1"


@figures_api.route(f"{V1}/figures")
def figures() -> Response:
    """Counts by path, from one Dutch day up to and with another."""
    request = figures_api.current_request
    services = wiring.services()
    principal = signed_in(request)
    wanted = exporting_figures.extract_of(query_of(request), day_of(services.now()))
    found = exporting_figures.take_out(services, principal, wanted)
    return as_json(
        {
            "counted_at": exporting_figures.data_age(services),
            "team": wanted.team,
            "grain": wanted.grain,
            "figures": [{"start": at, "counts": plain(found[at])} for at in sorted(found)],
        }
    )


@figures_api.route(f"{V1}/figures/public")
def public() -> Response:
    """The four public figures, with their definitions. No sign-in: they are public."""
    return as_json(public_json(public_figures(wiring.services())))


DEFINITIONS = {
    "latency": "milliseconds from the platform's delivery to the place on the queue",
    "lost": "deliveries never read, and messages not placed, an hour or more after they came",
    "shown_twice": "messages that stand in more than one place on a screen",
    "recall": "share of the emergencies that detection raised, estimated from blind samples",
}


def public_json(found: PublicFigures) -> dict[str, Any]:
    """As programs read it."""
    return {
        "since": found.since,
        "until": found.until,
        "counted_at": found.counted_at,
        "definitions": DEFINITIONS,
        "latency": found.latency,
        "lost": found.sums["lost"],
        "shown_twice": found.sums["shown_twice"],
        "deliveries": found.sums,
        "audited_days": [audit.day for audit in found.audited],
        "recall": found.recall,
        "tally": found.tally,
        "judged_days": found.judged_days,
    }
