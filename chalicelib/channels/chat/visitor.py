"""Who a visitor is: an id that we made and signed, which their page shows at every request.

    <session id>.<HMAC-SHA256 of it, hexadecimal>

It proves that this is the same browser as before, and nothing about who sits in front of it.
"""

import hashlib
import hmac

from chalicelib.channels.contract import Secrets, WebhookRequest
from chalicelib.errors import BadSignature

HEADER = "x-visitor"
KEY = "visitor_key"


def signed(session: str, secrets: Secrets) -> str:
    """The id as its page keeps it. Raises ``BadSignature`` while we have no key."""
    keys = secrets.all(KEY)
    if not keys:
        raise BadSignature("this chat has no key")
    return f"{session}.{_signature(session, keys[0])}"


def session_of(request: WebhookRequest, secrets: Secrets) -> str:
    """The visitor's session id. Raises ``BadSignature`` unless we signed it."""
    if request.headers.get("sec-fetch-site", "").strip().lower() == "cross-site":
        raise BadSignature("chat from another site")
    session, _, given = request.headers.get(HEADER, "").rpartition(".")
    known = (_signature(session, key) for key in secrets.all(KEY))
    if not session or not any(_same(given, one) for one in known):
        raise BadSignature("not a visitor of ours", signed=bool(given))
    return session


def _signature(session: str, key: str) -> str:
    text = session.encode(errors="replace")
    return hmac.new(key.encode(), text, hashlib.sha256).hexdigest()


def _same(given: str, expected: str) -> bool:
    # As bytes: comparing texts in constant time raises on anything that is not ASCII.
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())
