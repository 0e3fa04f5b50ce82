"""Nabij: every entrance of the house on one page.

    platforms ──▶ /webhooks/…      verify, keep the envelope, 200
    people    ──▶ pages, sign-in   the console, the form, the operator's page
    programs  ──▶ /api/v1/…        the same, as JSON
    lanes     ──▶ on_…             what waits: parse, triage, deliver, fetch
    clock     ──▶ on_minute        the sweeper: nothing that is owed is forgotten
    sockets   ──▶ on_connect       open pages get hints

Chalice loads the handler of a blueprint without this file, and so without its middleware. So
blueprints hold HTTP routes only, and every other entrance is a shim here; a test holds that.
"""

import gc
from typing import Any

from chalice import Chalice, Rate
from chalice.app import CloudWatchEvent, ConvertToMiddleware, SQSEvent, WebsocketEvent

from chalicelib.domain.sniffing import PLAYED, SHOWN
from chalicelib.log import logger
from chalicelib.web.answers import guard
from chalicelib.web.api import api
from chalicelib.web.chat import chat
from chalicelib.web.crisis_api import crisis_api
from chalicelib.web.figures_api import figures_api
from chalicelib.web.health import health
from chalicelib.web.pages import pages
from chalicelib.web.routing_api import routing_api
from chalicelib.web.sessions import sign_in
from chalicelib.web.webhooks import webhooks
from chalicelib.workers import clock, lanes, notices, sockets

app = Chalice(app_name="nabij", configure_logs=False)
app.experimental_feature_flags.add("WEBSOCKETS")  # without it Chalice packages no sockets
app.register_blueprint(webhooks)
app.register_blueprint(api)
app.register_blueprint(figures_api)
app.register_blueprint(routing_api)
app.register_blueprint(crisis_api)
app.register_blueprint(sign_in)
app.register_blueprint(pages)
app.register_blueprint(chat)
app.register_blueprint(health)
guard(app)
app.api.binary_types += sorted(SHOWN | PLAYED)

in_context = logger.inject_lambda_context(correlation_id_path="requestContext.requestId")
app.register_middleware(ConvertToMiddleware(in_context))  # each log line says whose it is

QUEUE_ARN = "arn:aws:sqs:eu-west-1:000000000000:nabij-"
"""A placeholder: the deployed template puts the real queues in its place."""


@app.on_sqs_message(queue_arn=f"{QUEUE_ARN}direct", batch_size=10)
def on_direct(event: SQSEvent) -> Any:
    """What citizens wrote to us."""
    return lanes.on_jobs(event.to_dict())


@app.on_sqs_message(queue_arn=f"{QUEUE_ARN}listening", batch_size=10)
def on_listening(event: SQSEvent) -> Any:
    """What was published about places and topics; never in the way of what is direct."""
    return lanes.on_jobs(event.to_dict())


@app.on_sqs_message(queue_arn=f"{QUEUE_ARN}deliver", batch_size=1)
def on_deliver(event: SQSEvent) -> Any:
    """Our answers, each by itself: one slow platform holds up nobody else."""
    return lanes.on_jobs(event.to_dict())


@app.on_sqs_message(queue_arn=f"{QUEUE_ARN}poll", batch_size=1)
def on_poll(event: SQSEvent) -> Any:
    """What platforms do not deliver: one page of one source."""
    return lanes.on_jobs(event.to_dict())


@app.on_sqs_message(queue_arn=f"{QUEUE_ARN}media", batch_size=1)
def on_media(event: SQSEvent) -> Any:
    """Citizens' files, each by itself: a film holds up no message."""
    return lanes.on_jobs(event.to_dict())


@app.on_sqs_message(queue_arn=f"{QUEUE_ARN}notices", batch_size=10)
def on_notices(event: SQSEvent) -> Any:
    """Mail and text messages that came in, as AWS's topics tell."""
    return notices.on_notices(event.to_dict())


@app.schedule(Rate(1, unit=Rate.MINUTES))
def on_minute(event: CloudWatchEvent) -> None:  # noqa: ARG001 the clock says nothing but "now"
    """The safety net."""
    clock.on_minute()


@app.on_ws_connect()
def on_connect(event: WebsocketEvent) -> Any:
    """A page opens its socket."""
    return sockets.on_connect(event.to_dict())


# What is loaded by now stays: the collector need not go through it in the middle of a page.
gc.freeze()
