"""What SQS adds to the contract: batches of ten, reasons as attributes, and failures of its own."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError
from botocore.stub import Stubber

from chalicelib.errors import StoreUnavailable
from chalicelib.jobs.jobs import LANES, MAX_ATTEMPTS, Job
from chalicelib.jobs.letters import LONGEST_REASON
from chalicelib.jobs.sqs import Queue, SqsJobs
from tests.emulator import emulator


def now() -> datetime:
    return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def jobs() -> SqsJobs:
    return SqsJobs(emulator().client("sqs"), emulator().queues(), now)


def doomed(jobs: SqsJobs) -> Job:
    """A job at its last attempt."""
    jobs.send("direct", "ENV#1")
    (job,) = jobs.receive("direct")
    return Job(job.id, job.lane, job.body, MAX_ATTEMPTS, job.receipt)


def test_more_than_ten_are_sent_and_received(jobs: SqsJobs) -> None:
    jobs.send("direct", *(f"ENV#{n}" for n in range(25)))
    assert len(jobs.receive("direct", limit=25)) == 25


@pytest.mark.parametrize(
    "reason", ["KeyError: 'naïef' 🌳", "nul\x00 en half \ud83c", "", "x" * 5000]
)
def test_any_reason_can_be_kept(jobs: SqsJobs, reason: str) -> None:
    jobs.fail(doomed(jobs), reason)
    (letter,) = jobs.dead("direct")
    assert 0 < len(letter.reason) <= LONGEST_REASON
    assert letter.died_at == "2026-01-02T03:04:05.000Z"
    assert letter.reason.isprintable() == reason.isprintable() or "\ufffd" in letter.reason


def test_who_lost_a_job_buries_nothing(jobs: SqsJobs) -> None:
    job = doomed(jobs)
    jobs.fail(job, "eerst")
    jobs.fail(job, "te laat")
    assert [letter.reason for letter in jobs.dead("direct")] == ["eerst"]


def test_listing_leaves_the_letters_for_the_next_to_list(jobs: SqsJobs) -> None:
    jobs.fail(doomed(jobs), "leesfout")
    assert jobs.dead("direct") == jobs.dead("direct") != []


class Silent:
    """SQS as it is told to be."""

    def __init__(self) -> None:
        client = emulator().client("sqs")
        queues = {lane: Queue("https://sqs/lane", "https://sqs/dead") for lane in LANES}
        self.sqs, self.jobs = Stubber(client), SqsJobs(client, queues, now)
        self.client = client


def test_a_batch_that_was_sent_in_part_is_told() -> None:
    silent = Silent()
    failed: dict[str, Any] = {"Id": "1", "SenderFault": False, "Code": "InternalError"}
    sent = [{"Id": "0", "MessageId": "m", "MD5OfMessageBody": "0cc175b9c0f1b6a831c399e269772661"}]
    silent.sqs.add_response("send_message_batch", {"Successful": sent, "Failed": [failed]})
    with silent.sqs, pytest.raises(StoreUnavailable) as told:
        silent.jobs.send("direct", "a", "b", delay=timedelta(seconds=1))
    assert told.value.facts["code"] == "InternalError"


def test_no_permission_is_unavailable_and_names_the_code() -> None:
    silent = Silent()
    silent.sqs.add_client_error("receive_message", "AccessDenied")
    with silent.sqs, pytest.raises(StoreUnavailable) as told:
        silent.jobs.receive("direct")
    assert told.value.facts["code"] == "AccessDenied"


def test_no_answer_is_unavailable() -> None:
    silent = Silent()

    def silence(**_: Any) -> None:
        raise ReadTimeoutError(endpoint_url="https://sqs")

    silent.client.meta.events.register_first("before-send", silence)
    with pytest.raises(StoreUnavailable) as told:
        silent.jobs.waiting("direct")
    assert told.value.facts["code"] == "ReadTimeoutError"
