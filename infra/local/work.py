"""Lanes and the clock of the local stage, by the very handlers in app.py.

Jobs become the events that SQS makes of them.
"""

import itertools
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import app
from chalicelib import wiring
from chalicelib.jobs.jobs import Job, Jobs, Lane
from chalicelib.jobs.sqlite import SqliteJobs
from chalicelib.log import logger
from chalicelib.store.envelopes import PATIENCE
from infra.local.context import Context
from infra.local.stage import Stage

BATCH = 10
SHORTEST_WAIT, LONGEST_WAIT = 0.01, 0.15
"""Seconds between looks at an empty lane: short after work, longer when it stays quiet."""

SWEEP_EVERY = 60.0
AFTER_START = PATIENCE.total_seconds() + 2
"""By then, what a crash left behind is overdue: the second look need not wait a minute."""

POLITENESS = 5
"""Under load the web process goes first: a platform that waits for its 200 gives up on us."""

Handler = Callable[[dict[str, Any], Context], Any]


def pump(jobs: Jobs, lane: Lane, handler: Handler, stopping: threading.Event, batch: int) -> None:
    """Hand a lane's jobs to its handler until stopped."""
    wait = SHORTEST_WAIT
    while not stopping.is_set():
        try:
            busy = pump_once(jobs, lane, handler, batch)
        except Exception:  # noqa: BLE001 the outermost net: the lane goes on
            logger.exception("pump failed", lane=lane)
            busy = False
        wait = SHORTEST_WAIT if busy else min(wait * 1.5, LONGEST_WAIT)
        if not busy:
            stopping.wait(wait)


def pump_once(jobs: Jobs, lane: Lane, handler: Handler, batch: int = BATCH) -> bool:
    """One batch; whether there was any. What the handler does not list as failed is finished."""
    received = jobs.receive(lane, batch)
    if not received:
        return False
    answer = handler(to_event(received), Context())
    failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
    for job in received:
        if job.id not in failed:
            jobs.finish(job)
    return True


def to_event(received: list[Job]) -> dict[str, Any]:
    """What SQS hands to a Lambda."""
    return {
        "Records": [
            {
                "messageId": job.id,
                "receiptHandle": job.receipt,
                "body": job.body,
                "attributes": {"ApproximateReceiveCount": str(job.attempts)},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": f"arn:aws:sqs:eu-west-1:000000000000:nabij-{job.lane}",
                "awsRegion": "eu-west-1",
            }
            for job in received
        ]
    }


def tick(handler: Handler, stopping: threading.Event) -> None:
    """The clock: at once, once more when what a crash left is overdue, then every minute."""
    waits = itertools.chain((AFTER_START,), itertools.repeat(SWEEP_EVERY))
    while not stopping.is_set():
        event = {
            "source": "aws.events",
            "detail-type": "Scheduled Event",
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": "0", "account": "000000000000", "region": "eu-west-1", "detail": {},
            "resources": ["arn:aws:events:eu-west-1:000000000000:rule/minute"], "id": "local",
        }  # fmt: skip
        try:
            handler(event, Context())
        except Exception:  # noqa: BLE001 the outermost net: the lane goes on
            logger.exception("the sweep failed")
        stopping.wait(next(waits))


def main(stage: Stage) -> None:  # noqa: ARG001 every part of the stage starts alike
    """Work until told to stop; what is being done is finished first."""
    os.nice(POLITENESS)
    jobs = wiring.services().jobs
    if isinstance(jobs, SqliteJobs):
        jobs.recover()
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    signal.signal(signal.SIGINT, lambda *_: stopping.set())
    lanes: list[tuple[Lane, Handler, int]] = [
        ("direct", app.on_direct, BATCH),
        ("direct", app.on_direct, BATCH),
        ("listening", app.on_listening, BATCH),
        ("deliver", app.on_deliver, 1),
        ("deliver", app.on_deliver, 1),
        ("deliver", app.on_deliver, 1),
        ("poll", app.on_poll, 1),
        ("media", app.on_media, 1),
    ]
    threads = [
        threading.Thread(target=pump, args=(jobs, lane, handler, stopping, batch), name=lane)
        for lane, handler, batch in lanes
    ]
    threads.append(threading.Thread(target=tick, args=(app.on_minute, stopping), name="clock"))
    for thread in threads:
        thread.start()
    while not stopping.is_set():
        time.sleep(0.1)
    for thread in threads:
        thread.join()
