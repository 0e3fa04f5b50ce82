"""Telegram, as a bot that answers who writes to it: channels.md 1 and 13."""

import hmac

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent, WebhookRequest
from chalicelib.channels.http import Http
from chalicelib.channels.never_asked import NeverAsked
from chalicelib.channels.offers import FetchedMedia, Probed
from chalicelib.channels.telegram import media as files
from chalicelib.channels.telegram.parse import parse
from chalicelib.channels.telegram.probe import probe, subscribe
from chalicelib.channels.telegram.rules import NAME, RULES
from chalicelib.channels.telegram.send import mark_read, send
from chalicelib.domain.media import Media
from chalicelib.errors import BadSignature

TOKEN_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  the name of a header


class Telegram(NeverAsked):
    """See ``contract.Channel``."""

    name = NAME
    rules = RULES

    parse = staticmethod(parse)

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:
        """Telegram signs nothing: it repeats the token that we chose."""
        given = request.headers.get(TOKEN_HEADER, "").encode(errors="replace")
        known = (token.encode() for token in secrets.all("secret_token"))
        if not any(hmac.compare_digest(given, token) for token in known):
            raise BadSignature("without our secret token", signed=bool(given))

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        return send(outgoing, secrets, http)

    def mark_read(
        self, external_id: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        mark_read(external_id, secrets, http)

    def fetch_media(
        self, media: Media, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> FetchedMedia:
        return files.fetch(media, secrets, http)

    def probe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Probed:
        return probe(address, secrets, http)

    def subscribe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        subscribe(address, secrets, http)
