"""Other bodies and companies report to us: signed like a platform's webhook, taken in like one."""

from chalicelib.channels import meta
from chalicelib.channels.contract import Secrets, WebhookRequest
from chalicelib.channels.never_asked import NeverAsked
from chalicelib.channels.own_pages import ShownOnOurPage
from chalicelib.channels.partner.parse import parse
from chalicelib.channels.partner.rules import NAME, RULES


class Partner(ShownOnOurPage, NeverAsked):
    """See ``contract.Channel``. Each partner is an account with a secret of its own."""

    name = NAME
    rules = RULES

    parse = staticmethod(parse)

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:
        """The same signature as Meta's, with the partner's own secret (``app_secret``)."""
        meta.verify(request, secrets)
