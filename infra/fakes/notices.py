"""A notice as an SNS topic hands it to a queue."""

import json
from datetime import UTC, datetime
from uuid import uuid4

TOPIC = "arn:aws:sns:eu-west-1:000000000000:nabij-notices"


def as_notice(message: str) -> bytes:
    """The bytes around this message."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    told = {"Type": "Notification", "MessageId": str(uuid4()), "TopicArn": TOPIC}
    return json.dumps({**told, "Message": message, "Timestamp": now}).encode()
