"""A platform that delivers nothing and is read by us: what such channels share."""

from chalicelib.channels.contract import Secrets, WebhookRequest
from chalicelib.errors import BadSignature


class DeliversNothing:
    """The part of ``contract.Channel`` about deliveries. ``title`` is the platform's own name."""

    title: str

    def handshake(self, request: WebhookRequest, secrets: Secrets) -> str:  # noqa: ARG002 - the contract's
        """Raises ``BadSignature``."""
        raise BadSignature(f"{self.title} delivers nothing")

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:  # noqa: ARG002 - the contract's
        """Whatever comes in the platform's name is not from it. Raises ``BadSignature``."""
        raise BadSignature(f"{self.title} delivers nothing")
