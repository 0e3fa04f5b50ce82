"""What AWS hands over: notices of SNS topics, of SES itself, of buckets and of EventBridge.

{"Records": [{"Sns": {"Message": "<JSON>", "Timestamp"}}]}     a topic
{"Records": [{"ses": {"mail", "receipt"}}]}                    SES, headers only
{"Records": [{"s3": {"bucket", "object"}, "eventTime"}]}       a bucket
{"detail-type", "detail": {…}}                                 EventBridge
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.channels.gathering import Gathering
from chalicelib.channels.moments import iso_of
from chalicelib.channels.taming import dict_of, items_of, read_object, text_of
from chalicelib.errors import BadPayload


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice, and when AWS passed it on."""

    told: dict[str, Any]
    at: datetime | None


def notices(body: dict[str, Any], found: Gathering) -> Iterator[Notice]:
    """Every notice in these bytes; what is none is counted."""
    for record in items_of(body, "Records") if "Records" in body else [body]:
        notice = _notice(record if isinstance(record, dict) else {})
        if notice is None:
            found.ignore("a record without a notice")
        else:
            yield notice


def _notice(record: dict[str, Any]) -> Notice | None:
    if "Sns" in record:
        return _published(dict_of(record, "Sns"))
    if text_of(record, "Type") == "Notification":
        return _published(record)
    if "ses" in record:
        told = {"notificationType": "Received", **dict_of(record, "ses")}
        return Notice(told, None)
    if "s3" in record:
        return Notice(record, iso_of(record, "eventTime"))
    if "detail" in record:
        return Notice(dict_of(record, "detail"), iso_of(record, "time"))
    known = record.keys() & {"notificationType", "eventType", "inboundMessageId"}
    return Notice(record, None) if known else None


def _published(sns: dict[str, Any]) -> Notice | None:
    try:
        told = read_object(text_of(sns, "Message").encode())
    except BadPayload:
        return None  # a test message of the topic, or another's
    return Notice(told, iso_of(sns, "Timestamp"))
