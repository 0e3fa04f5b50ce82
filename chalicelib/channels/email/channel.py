"""E-mail through Amazon SES: mails come in through a bucket and a notice, answers go by API."""

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent, WebhookRequest
from chalicelib.channels.email.canary import send_canary
from chalicelib.channels.email.collect import collect, fetch_file
from chalicelib.channels.email.letter import write
from chalicelib.channels.email.parse import parse
from chalicelib.channels.email.probe import probe
from chalicelib.channels.email.rules import NAME, RULES
from chalicelib.channels.email.send import send
from chalicelib.channels.http import Http
from chalicelib.channels.never_asked import NeverAsked
from chalicelib.channels.offers import FetchedMedia, Probed
from chalicelib.domain.media import Media
from chalicelib.errors import BadSignature


class Email(NeverAsked):
    """See ``contract.Channel``, ``offers.Canaries`` and ``offers.Letters``."""

    name = NAME
    rules = RULES

    collect = staticmethod(collect)
    parse = staticmethod(parse)
    write = staticmethod(write)

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:
        """Mail comes in through our own queue, which IAM guards; the public door stays shut."""
        raise BadSignature("mail does not come in over HTTP")

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        return send(outgoing, settings, http)

    def fetch_media(
        self, media: Media, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> FetchedMedia:
        return fetch_file(media, http)

    def probe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Probed:
        return probe(http)

    def send_canary(
        self, text: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        send_canary(text, settings, http)
