"""Jobs come in here, from every lane, and go to the flow that they are for. No logic."""

from typing import Any

from chalicelib import wiring
from chalicelib.flows.checking import check
from chalicelib.flows.delivering import deliver, mark_read
from chalicelib.flows.fetching import bring
from chalicelib.flows.intake import take_in
from chalicelib.flows.nudges import Nudge
from chalicelib.flows.polling import poll
from chalicelib.flows.reassessing import reassess
from chalicelib.flows.sampling import draw
from chalicelib.flows.triage import triage
from chalicelib.workers.batch import Batch, run_batch


def on_jobs(event: dict[str, Any]) -> Batch:
    """A batch from any lane."""
    return run_batch(event, wiring.services(), on_nudge)


def on_nudge(nudge: Nudge) -> None:
    """Bring what the nudge names further."""
    services = wiring.services()
    match nudge.what:
        case "envelope":
            take_in(services, nudge.key)
        case "message":
            triage(services, nudge.key)
        case "delivery":
            deliver(services, nudge.pk.removeprefix("DELIVERY#"))
        case "read":
            mark_read(services, nudge.key)
        case "poll":
            poll(services, nudge.key)
        case "redo":
            reassess(services, nudge.key)
        case "check":
            check(services, nudge.key)
        case "sample":
            draw(services, nudge.pk.removeprefix("SAMPLES#"), nudge.sk)
        case "media":
            bring(services, nudge.key)
