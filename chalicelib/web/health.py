"""Is everything running? For load balancers and for whoever starts the service."""

from chalice import Blueprint, Response

from chalicelib import wiring
from chalicelib.jobs.jobs import LANES
from chalicelib.store import directory
from chalicelib.web.answers import as_json

health = Blueprint(__name__)


@health.route("/health")
def running() -> Response:
    """200 when the table and the lanes answer; 503 when one does not."""
    services = wiring.services()
    directory.teams(services.table)
    return as_json({"status": "ok", "lanes": {lane: services.jobs.waiting(lane) for lane in LANES}})
