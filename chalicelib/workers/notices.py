"""Notices of AWS's topics come in here, through a queue. No logic."""

from typing import Any

from chalicelib import wiring
from chalicelib.errors import BadPayload
from chalicelib.flows.taking_in.noticing import receive_notice
from chalicelib.log import logger
from chalicelib.workers.batch import Batch


def on_notices(event: dict[str, Any]) -> Batch:
    """A batch of notices; what is not listed as failed is kept or set aside."""
    failed = [record["messageId"] for record in event["Records"] if not attempt(record)]
    return {"batchItemFailures": [{"itemIdentifier": id_} for id_ in failed]}


def attempt(record: dict[str, Any]) -> bool:
    """Whether the notice is safe. Everything is caught here: one bug is no harm to others."""
    try:
        receive_notice(wiring.services(), record["body"].encode())
    except BadPayload as error:
        logger.warning("no notice", why=error.message)
    except Exception:  # noqa: BLE001 the outermost net: after many times it is a dead letter
        logger.exception("notice failed", notice=record["messageId"])
        return False
    return True
