"""Is everything running? For load balancers and for whoever starts the service."""

from chalice import Blueprint, Response

from chalicelib import wiring
from chalicelib.flows.running.operating import probe
from chalicelib.web.answers import as_json

health = Blueprint(__name__)


@health.route("/health")
def running() -> Response:
    """200 when the table and the lanes answer; 503 when one does not."""
    return as_json({"status": "ok", "lanes": probe(wiring.services())})
