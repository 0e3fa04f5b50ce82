"""Jobs come in here, from every lane, and go to the flow that they are for. No logic."""

from collections.abc import Callable
from typing import Any

from chalicelib import wiring
from chalicelib.flows.answering.delivering import deliver, mark_read
from chalicelib.flows.answering.releasing_posts import release
from chalicelib.flows.answering.templating import read_templates
from chalicelib.flows.assessing.drawing import draw
from chalicelib.flows.assessing.reassessing import reassess
from chalicelib.flows.assessing.triage import triage
from chalicelib.flows.citizen.assisting import assist
from chalicelib.flows.citizen.informing import inform
from chalicelib.flows.desk.coming_up import come_up
from chalicelib.flows.desk.searching import index
from chalicelib.flows.desk.sending_cards import send_card
from chalicelib.flows.desk.suggesting import learn
from chalicelib.flows.figures.counting import count
from chalicelib.flows.figures.mailing_figures import mail_figures
from chalicelib.flows.incidents.answering_all import carry_on
from chalicelib.flows.incidents.rolling_up import roll_up
from chalicelib.flows.incidents.taking_along import take_along
from chalicelib.flows.listening.calling import make_call
from chalicelib.flows.listening.search_register import expire
from chalicelib.flows.nudges import Nudge
from chalicelib.flows.running.checking import check
from chalicelib.flows.running.sweeping import wake_some
from chalicelib.flows.taking_in.fetching import bring
from chalicelib.flows.taking_in.intake import take_in
from chalicelib.flows.taking_in.polling import poll
from chalicelib.workers.batch import Batch, run_batch


def on_jobs(event: dict[str, Any]) -> Batch:
    """A batch from any lane."""
    return run_batch(event, wiring.services(), on_nudge)


FLOWS: dict[str, Callable[..., object]] = {
    "envelope": take_in,
    "message": triage,
    "read": mark_read,
    "poll": poll,
    "redo": reassess,
    "check": check,
    "media": bring,
    "card": send_card,
    "learn": learn,
    "incident": roll_up,
    "index": index,
    "search": expire,
    "announcement": carry_on,
    "handover": take_along,
    "call": make_call,
    "templates": read_templates,
    "talk": assist,
    "case": inform,
    "appointment": come_up,
    "figures": mail_figures,
    "post": release,
}
"""Which flow brings each thing further. Four are known by more, or less, than their key."""


def on_nudge(nudge: Nudge) -> None:
    """Bring what the nudge names further."""
    services = wiring.services()
    if nudge.what == "delivery":
        deliver(services, nudge.pk.removeprefix("DELIVERY#"))
    elif nudge.what == "sample":
        draw(services, nudge.pk.removeprefix("SAMPLES#"), nudge.sk)
    elif nudge.what == "count":
        count(services, nudge.sk)
    elif nudge.what == "waking":
        wake_some(services)
    else:
        FLOWS[nudge.what](services, nudge.key)
