"""Our own web form: no platform, no secret, and an answer that stays on our own page."""

from chalicelib.channels.contract import AccountSettings, Secrets, WebhookRequest
from chalicelib.channels.form.canary import send_canary
from chalicelib.channels.form.parse import parse
from chalicelib.channels.form.rules import NAME, RULES
from chalicelib.channels.http import Http
from chalicelib.channels.never_asked import NeverAsked
from chalicelib.channels.own_pages import ShownOnOurPage
from chalicelib.errors import BadSignature


class Form(ShownOnOurPage, NeverAsked):
    """See ``contract.Channel``."""

    name = NAME
    rules = RULES

    parse = staticmethod(parse)

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:
        """A public form has no secret; the browser itself tells of a foreign page."""
        del secrets
        if request.headers.get("sec-fetch-site", "").strip().lower() == "cross-site":
            raise BadSignature("form sent from another site")

    def send_canary(
        self, text: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        send_canary(text, settings, http)
