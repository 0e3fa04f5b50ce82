"""Text messages through AWS End User Messaging: in by a notice, out by API."""

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent, WebhookRequest
from chalicelib.channels.http import Http
from chalicelib.channels.never_asked import NeverAsked
from chalicelib.channels.offers import Probed
from chalicelib.channels.sms.parse import parse
from chalicelib.channels.sms.probe import probe
from chalicelib.channels.sms.rules import NAME, RULES
from chalicelib.channels.sms.send import send
from chalicelib.errors import BadSignature


class Sms(NeverAsked):
    """See ``contract.Channel``."""

    name = NAME
    rules = RULES

    parse = staticmethod(parse)

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:
        """They come in through our own queue, which IAM guards; the public door stays shut."""
        raise BadSignature("text messages do not come in over HTTP")

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        return send(outgoing, settings, http)

    def probe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Probed:
        return probe(settings, http)
