"""What a citizen says by phone, at the counter or in the street, written down by a colleague."""

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent, WebhookRequest
from chalicelib.channels.http import Http
from chalicelib.channels.never_asked import NeverAsked
from chalicelib.channels.spoken.parse import parse
from chalicelib.channels.spoken.rules import NAME, RULES
from chalicelib.channels.spoken.send import send
from chalicelib.channels.spoken.signature import must_be_ours


class Spoken(NeverAsked):
    """See ``contract.Channel``."""

    name = NAME
    rules = RULES

    parse = staticmethod(parse)

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:
        """Nobody outside puts words into a citizen's mouth."""
        must_be_ours(request, secrets)

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        del settings, secrets, http
        return send(outgoing)
