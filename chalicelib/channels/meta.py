"""What WhatsApp, Messenger, Facebook and Instagram share: Meta's signature and handshake."""

import hashlib
import hmac

from chalicelib.channels.contract import Secrets, WebhookRequest
from chalicelib.errors import BadSignature

SIGNATURE_HEADER = "x-hub-signature-256"


def signature(body: bytes, app_secret: str) -> str:
    """The header that Meta sends along with these exact bytes."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def verify(request: WebhookRequest, secrets: Secrets) -> None:
    """Raise ``BadSignature`` unless one of our app secrets signed these exact bytes."""
    given = request.headers.get(SIGNATURE_HEADER, "")
    expected = (signature(request.body, secret) for secret in secrets.all("app_secret"))
    if not any(_same(given, value) for value in expected):
        raise BadSignature("not signed with the app secret", signed=bool(given))


def handshake(request: WebhookRequest, secrets: Secrets) -> str:
    """The challenge, unchanged, for who knows our verify token. Raises ``BadSignature``."""
    query = request.query
    token = query.get("hub.verify_token", "")
    known = any(_same(token, value) for value in secrets.all("verify_token"))
    if not known or query.get("hub.mode") != "subscribe" or "hub.challenge" not in query:
        raise BadSignature("handshake without our verify token")
    return query["hub.challenge"]


def _same(given: str, expected: str) -> bool:
    # As bytes: comparing texts in constant time raises on anything that is not ASCII.
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode(errors="replace"))
