"""A batch of jobs: each by itself, so that one poisoned job blocks nobody (partial failures)."""

from collections.abc import Callable
from typing import Any, cast

from chalicelib.flows.nudges import Nudge, understood
from chalicelib.flows.services import Services
from chalicelib.jobs.jobs import LANES, Job, Lane
from chalicelib.log import logger

Batch = dict[str, list[dict[str, str]]]


def run_batch(event: dict[str, Any], services: Services, work: Callable[[Nudge], None]) -> Batch:
    """Do the work of every record; answer which ones failed.

    A failure goes back on its lane with a back-off, and after many to the dead letters with its
    reason. What is not listed is finished.
    """
    failed = [job.id for job in map(to_job, event["Records"]) if not attempt(job, services, work)]
    return {"batchItemFailures": [{"itemIdentifier": id_} for id_ in failed]}


def attempt(job: Job, services: Services, work: Callable[[Nudge], None]) -> bool:
    """Whether the job is done. Everything is caught here: a bug in one is no harm to others."""
    try:
        work(understood(job.body))
    except Exception as error:  # noqa: BLE001 the outermost net: a bug becomes a dead letter
        logger.exception("job failed", lane=job.lane, job=job.id, attempts=job.attempts)
        services.jobs.fail(job, f"{type(error).__name__}: {error}")
        return False
    return True


def to_job(record: dict[str, Any]) -> Job:
    """The job in an SQS record; the lane is the last part of the queue's name."""
    lane = record["eventSourceARN"].rpartition("-")[2]
    if lane not in LANES:
        raise ValueError(f"no such lane: {lane}")
    return Job(
        id=record["messageId"],
        lane=cast("Lane", lane),
        body=record["body"],
        attempts=int(record["attributes"]["ApproximateReceiveCount"]),
        receipt=record["receiptHandle"],
    )
