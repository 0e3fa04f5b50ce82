"""Other bodies and companies report to us: signed like a platform's webhook, taken in like one."""

from chalicelib.channels import meta
from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent, WebhookRequest
from chalicelib.channels.http import Http
from chalicelib.channels.never_asked import NeverAsked
from chalicelib.channels.partner.parse import parse
from chalicelib.channels.partner.rules import NAME, RULES
from chalicelib.channels.partner.send import send


class Partner(NeverAsked):
    """See ``contract.Channel``. Each partner is an account with a secret of its own."""

    name = NAME
    rules = RULES

    parse = staticmethod(parse)

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:
        """The same signature as Meta's, with the partner's own secret (``app_secret``)."""
        meta.verify(request, secrets)

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        del settings, secrets, http
        return send(outgoing)

    def mark_read(
        self, external_id: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        """Nothing to do: a partner reads the page when it wants to."""
