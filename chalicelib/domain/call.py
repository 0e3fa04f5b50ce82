"""What another system is to be told: signed, tried again with longer waits, then given up.

Signed as https://www.standardwebhooks.com says: an HMAC-SHA256 over ``<id>.<seconds>.<body>``.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from chalicelib.domain.moments import Moment, later, seconds

MOST_ATTEMPTS = 8
"""Over some two hours; then it is a dead letter, which a person may send again."""

FIRST_WAIT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """``body`` is JSON. ``reason`` is why it did not go well last."""

    id: str
    body: str
    made_at: Moment
    next_at: Moment
    attempts: int = 0
    state: Literal["owed", "taken", "dead"] = "owed"
    reason: str = ""


def taken(call: Call) -> Call:
    return replace(call, state="taken", attempts=call.attempts + 1, reason="")


def not_taken(call: Call, reason: str, now: Moment) -> Call:
    """Again later, or no more."""
    attempts = call.attempts + 1
    wait = FIRST_WAIT * 2 ** (attempts - 1)
    state: Literal["owed", "dead"] = "dead" if attempts >= MOST_ATTEMPTS else "owed"
    return replace(call, attempts=attempts, reason=reason, state=state, next_at=later(now, wait))


def headers(call: Call, secret: str, now: Moment) -> dict[str, str]:
    """Who it is from, and that nobody changed it. ``secret`` is base64 after ``whsec_``."""
    at = str(seconds(now))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    said = f"{call.id}.{at}.{call.body}".encode()
    sign = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
    return {"webhook-id": call.id, "webhook-timestamp": at, "webhook-signature": f"v1,{sign}"}
