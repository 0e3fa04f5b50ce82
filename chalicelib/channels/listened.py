"""A platform that delivers nothing and is read by us: what such channels share."""

from chalicelib.channels.contract import Secrets, WebhookRequest
from chalicelib.channels.never_asked import NeverAsked
from chalicelib.errors import BadSignature


class DeliversNothing(NeverAsked):
    """The part of ``contract.Channel`` about deliveries. ``title`` is the platform's own name."""

    title: str

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:  # noqa: ARG002 - the contract's
        """Whatever comes in the platform's name is not from it. Raises ``BadSignature``."""
        raise BadSignature(f"{self.title} delivers nothing")
