"""A dead letter as SQS keeps it: the job's body, and why it was given up as attributes."""

import re
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.moments import Moment, moment
from chalicelib.jobs.jobs import ABANDONED, MAX_ATTEMPTS, DeadLetter, Job, Lane

LONGEST_REASON = 1_000
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that SQS refuses: it speaks XML."""


def attributes_of(job: Job, reason: str, died_at: Moment) -> dict[str, Any]:
    """Why and when a job was given up."""
    why = UNWRITABLE.sub("\ufffd", reason)[:LONGEST_REASON] or "unknown"
    return {
        "reason": {"DataType": "String", "StringValue": why},
        "attempts": {"DataType": "Number", "StringValue": str(min(job.attempts, MAX_ATTEMPTS))},
        "died_at": {"DataType": "String", "StringValue": died_at},
    }


def to_letter(lane: Lane, message: dict[str, Any]) -> DeadLetter:
    """A received dead letter.

    Without our attributes it was SQS that moved it, because nobody finished or failed it in time;
    when is then unknown, and ``died_at`` is when it was sent.
    """
    said = {
        name: value["StringValue"] for name, value in message.get("MessageAttributes", {}).items()
    }
    return DeadLetter(
        id=message["MessageId"],
        lane=lane,
        body=message["Body"],
        attempts=int(said.get("attempts", MAX_ATTEMPTS)),
        reason=said.get("reason", ABANDONED),
        died_at=said.get("died_at") or sent_at(message),
    )


def sent_at(message: dict[str, Any]) -> Moment:
    """When SQS took it, by its own clock."""
    milliseconds = int(message["Attributes"]["SentTimestamp"])
    return moment(datetime.fromtimestamp(milliseconds / 1000, UTC))
