"""X's signature on what it delivers, and its check of our address, with the consumer secret."""

import base64
import hashlib
import hmac

from chalicelib.channels.contract import Secrets, WebhookRequest
from chalicelib.errors import BadSignature

SIGNATURE_HEADER = "x-twitter-webhooks-signature"


def signature(body: bytes, consumer_secret: str) -> str:
    """What X puts on these exact bytes."""
    digest = hmac.new(consumer_secret.encode(), body, hashlib.sha256).digest()
    return "sha256=" + base64.b64encode(digest).decode()


def verify(request: WebhookRequest, secrets: Secrets) -> None:
    """Raise ``BadSignature`` unless one of our consumer secrets signed these exact bytes."""
    given = request.headers.get(SIGNATURE_HEADER, "").encode(errors="replace")
    for secret in secrets.all("consumer_secret"):
        if hmac.compare_digest(given, signature(request.body, secret).encode()):
            return
    raise BadSignature("not signed with the consumer secret", signed=bool(given))


def answer_check(request: WebhookRequest, secrets: Secrets) -> dict[str, str]:
    """The token of X's check, signed with our current secret. Raises ``BadSignature``."""
    token = request.query.get("crc_token", "")
    known = secrets.all("consumer_secret")
    if not token or not known:
        raise BadSignature("no check that we can answer", token=bool(token))
    return {"response_token": signature(token.encode(errors="replace"), known[0])}
