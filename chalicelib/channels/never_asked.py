"""Channels of which nobody checks our address before delivering."""

from chalicelib.channels.contract import Secrets, WebhookRequest
from chalicelib.channels.shows_no_reading import ShowsNoReading
from chalicelib.errors import BadSignature


class NeverAsked(ShowsNoReading):
    """The part of ``contract.Channel`` about a platform's check of our address."""

    name: str

    def handshake(self, request: WebhookRequest, secrets: Secrets) -> str:  # noqa: ARG002 - the contract's
        """Raises ``BadSignature``."""
        raise BadSignature(f"nobody checks an address for {self.name}")
