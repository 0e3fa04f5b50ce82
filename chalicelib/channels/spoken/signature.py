"""Only our own desk writes down what citizens say: HMAC-SHA256 over the very bytes."""

import hashlib
import hmac

from chalicelib.channels.contract import Secrets, WebhookRequest
from chalicelib.errors import BadSignature

HEADER = "x-desk-signature"
KEY = "desk_key"


def signed(body: bytes, secrets: Secrets) -> WebhookRequest:
    """The request as our desk makes it. Raises ``BadSignature`` while the account has no key."""
    keys = secrets.all(KEY)
    if not keys:
        raise BadSignature("this desk has no key")
    return WebhookRequest(method="POST", headers={HEADER: _signature(body, keys[0])}, body=body)


def must_be_ours(request: WebhookRequest, secrets: Secrets) -> None:
    """Raises ``BadSignature`` for what anybody else brings."""
    given = request.headers.get(HEADER, "").encode(errors="replace")
    known = (_signature(request.body, key).encode() for key in secrets.all(KEY))
    if not any(hmac.compare_digest(given, one) for one in known):
        raise BadSignature("not written down at our desk", signed=bool(given))


def _signature(body: bytes, key: str) -> str:
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
