"""The deployed engine: the Jobs contract on SQS, a queue and its dead letters for each lane."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.moments import moment
from chalicelib.errors import StoreUnavailable
from chalicelib.jobs.jobs import (
    ABANDONED,
    LONGEST_DELAY,
    MAX_ATTEMPTS,
    VISIBILITY,
    DeadLetter,
    Job,
    Lane,
    back_off,
)
from chalicelib.jobs.letters import attributes_of, to_letter

if TYPE_CHECKING:
    from botocore.client import BaseClient

AT_ONCE = 10
"""What SQS takes and gives in one call."""

A_LOOK = timedelta(seconds=20)
"""How long dead letters stay hidden while they are listed or redriven."""

MOST_LETTERS = 1_000
"""How many dead letters one look takes."""

LOST = frozenset(
    {
        "ReceiptHandleIsInvalid",
        "InvalidParameterValue",
        "MessageNotInflight",
        "AWS.SimpleQueueService.MessageNotInflight",
    }
)
"""What SQS answers to a receipt that is worth nothing any more."""

Some = TypeVar("Some")
Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Queue:
    """The addresses of a lane's queue and of its dead letters."""

    url: str
    dead_url: str


class SqsJobs:
    """Jobs in SQS. For any number of threads, processes and machines at once.

    ``client`` is boto3's for ``sqs``; ``clock`` gives the time now, with its zone. SQS hides what
    somebody looks at: two operators who list a lane's dead letters at the same moment may each
    see a part of them. Raises ``StoreUnavailable`` when SQS does not answer.
    """

    def __init__(
        self, client: "BaseClient", queues: Mapping[Lane, Queue], clock: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._queues = queues
        self._clock = clock

    def send(self, lane: Lane, *bodies: str, delay: timedelta = timedelta()) -> None:
        """Put jobs on a lane. Raises ``ValueError`` for what SQS would refuse.

        ``StoreUnavailable`` means that some may be missing: the sweeper finds what they were for.
        """
        if not timedelta() <= delay <= LONGEST_DELAY:
            raise ValueError("a job can be delayed for 0 to 15 minutes")
        if not all(bodies):
            raise ValueError("a job has a body")
        seconds = math.ceil(delay.total_seconds())
        jobs = [{"MessageBody": body, "DelaySeconds": seconds} for body in bodies]
        self._batch("send_message_batch", self._queues[lane].url, jobs)

    def receive(self, lane: Lane, limit: int = 10) -> list[Job]:
        found: list[Job] = []
        while len(found) < limit:
            some = self._take(self._queues[lane].url, limit - len(found), VISIBILITY)
            found += [to_job(lane, message) for message in some]
            if not some:
                break
        for job in found:
            if job.attempts > MAX_ATTEMPTS:
                self._bury(job, ABANDONED)
        return [job for job in found if job.attempts <= MAX_ATTEMPTS]

    def finish(self, job: Job) -> None:
        self._if_held(
            "delete_message", QueueUrl=self._queues[job.lane].url, ReceiptHandle=job.receipt
        )

    def fail(self, job: Job, reason: str) -> None:
        if job.attempts >= MAX_ATTEMPTS:
            self._bury(job, reason)
        else:
            self._hide(job, back_off(job.attempts))

    def dead(self, lane: Lane, limit: int = 100) -> list[DeadLetter]:
        messages = self._letters(lane)
        self._put_back(lane, messages)
        letters = [to_letter(lane, message) for message in messages]
        return sorted(letters, key=lambda letter: letter.died_at)[: max(limit, 0)]

    def redrive(self, lane: Lane, *ids: str) -> int:
        letters = self._letters(lane)
        chosen = [one for one in letters if not ids or one["MessageId"] in ids]
        self._put_back(lane, [one for one in letters if one not in chosen])
        # Sent before it is deleted: a crash in between leaves it twice, and twice is harmless.
        self.send(lane, *(one["Body"] for one in chosen))
        receipts = [{"ReceiptHandle": one["ReceiptHandle"]} for one in chosen]
        self._batch("delete_message_batch", self._queues[lane].dead_url, receipts)
        return len(chosen)

    def waiting(self, lane: Lane) -> int:
        return self._count(self._queues[lane].url)

    def _bury(self, job: Job, reason: str) -> None:
        """Send it to the dead letters with its reason, if it is still ours."""
        if not self._hide(job, VISIBILITY):
            return
        letter = {
            "MessageBody": job.body,
            "MessageAttributes": attributes_of(job, reason, moment(self._clock())),
        }
        self._batch("send_message_batch", self._queues[job.lane].dead_url, [letter])
        self.finish(job)

    def _hide(self, job: Job, time: timedelta) -> bool:
        """Keep it from others for so long; whether it is still ours."""
        return self._if_held(
            "change_message_visibility",
            QueueUrl=self._queues[job.lane].url,
            ReceiptHandle=job.receipt,
            VisibilityTimeout=math.ceil(time.total_seconds()),
        )

    def _letters(self, lane: Lane) -> list[Message]:
        """The dead letters of a lane, hidden from others while we look."""
        url = self._queues[lane].dead_url
        expected = min(self._count(url), MOST_LETTERS)
        found: list[Message] = []
        while len(found) < expected:
            # A second's wait makes SQS ask all its machines; without it some are passed over.
            some = self._take(url, AT_ONCE, A_LOOK, wait=1)
            found += some
            if not some:
                break
        return found

    def _put_back(self, lane: Lane, messages: Sequence[Message]) -> None:
        shown = [{"ReceiptHandle": m["ReceiptHandle"], "VisibilityTimeout": 0} for m in messages]
        self._batch("change_message_visibility_batch", self._queues[lane].dead_url, shown)

    def _take(self, url: str, limit: int, hidden: timedelta, wait: int = 0) -> list[Message]:
        with answering():
            answer = self._client.receive_message(
                QueueUrl=url,
                MaxNumberOfMessages=min(limit, AT_ONCE),
                VisibilityTimeout=int(hidden.total_seconds()),
                WaitTimeSeconds=wait,
                MessageSystemAttributeNames=["ApproximateReceiveCount", "SentTimestamp"],
                MessageAttributeNames=["All"],
            )
        found: list[Message] = answer.get("Messages", [])
        return found

    def _count(self, url: str) -> int:
        names = [
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
        ]
        with answering():
            answer = self._client.get_queue_attributes(QueueUrl=url, AttributeNames=names)
        return sum(int(answer["Attributes"][name]) for name in names)

    def _batch(self, what: str, url: str, entries: Sequence[Message]) -> None:
        """The same thing for many, ten a call. Raises ``StoreUnavailable`` when one failed."""
        for some in in_tens(entries):
            numbered = [{"Id": str(n), **entry} for n, entry in enumerate(some)]
            with answering():
                answer = getattr(self._client, what)(QueueUrl=url, Entries=numbered)
            failed = [one for one in answer.get("Failed", []) if one["Code"] not in LOST]
            if failed:
                raise StoreUnavailable("SQS did not do all of it", code=failed[0]["Code"])

    def _if_held(self, what: str, **said: Any) -> bool:
        """Do something to a job by its receipt; False when that is worth nothing any more."""
        try:
            with answering():
                getattr(self._client, what)(**said)
        except StoreUnavailable as error:
            if error.facts["code"] in LOST:
                return False
            raise
        return True


@contextmanager
def answering() -> Iterator[None]:
    """What goes wrong inside is SQS not answering; the facts hold its code."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "unknown")
        raise StoreUnavailable("SQS did not do it", code=code) from error
    except BotoCoreError as error:
        raise StoreUnavailable("SQS did not answer", code=type(error).__name__) from error


def to_job(lane: Lane, message: Message) -> Job:
    """A received message as a job."""
    return Job(
        id=message["MessageId"],
        lane=lane,
        body=message["Body"],
        attempts=int(message["Attributes"]["ApproximateReceiveCount"]),
        receipt=message["ReceiptHandle"],
    )


def in_tens(entries: Sequence[Some]) -> Iterator[Sequence[Some]]:
    """Ten at a time."""
    for start in range(0, len(entries), AT_ONCE):
        yield entries[start : start + AT_ONCE]
