"""How Meta signs what it delivers."""

import hashlib
import hmac


def signature(secret: str, body: bytes) -> dict[str, str]:
    """The headers of a delivery signed with an app's secret."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Hub-Signature-256": f"sha256={digest}", "Content-Type": "application/json"}
