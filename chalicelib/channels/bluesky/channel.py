"""Bluesky. On after approval: public bodies sign an amendment of its terms (channels.md 1)."""

from chalicelib.channels.bluesky import media as files
from chalicelib.channels.bluesky.parse import parse
from chalicelib.channels.bluesky.poll import fetch, streams
from chalicelib.channels.bluesky.rules import NAME, RULES
from chalicelib.channels.bluesky.send import send
from chalicelib.channels.contract import (
    AccountSettings,
    FetchedMedia,
    Outgoing,
    PolledPage,
    Raw,
    Secrets,
    Sent,
    Stream,
    WebhookRequest,
)
from chalicelib.channels.http import Http
from chalicelib.domain.media import Media
from chalicelib.domain.message import Parsed
from chalicelib.errors import BadSignature


class Bluesky:
    """See ``contract.Channel``, ``contract.Polls`` and ``contract.FetchesMedia``."""

    name = NAME
    rules = RULES

    def handshake(self, request: WebhookRequest, secrets: Secrets) -> str:
        raise BadSignature("Bluesky delivers nothing")

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:
        """Bluesky delivers nothing, so whatever comes in its name is not from Bluesky."""
        raise BadSignature("Bluesky delivers nothing")

    def parse(self, raw: Raw, settings: AccountSettings) -> Parsed:
        return parse(raw, settings)

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        return send(outgoing, settings, secrets, http)

    def mark_read(
        self, external_id: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        """Nothing to do: Bluesky shows nobody that a post was seen."""

    def streams(self, settings: AccountSettings) -> tuple[Stream, ...]:
        return streams(settings)

    def fetch(
        self,
        stream: str,
        cursor: str | None,
        settings: AccountSettings,
        secrets: Secrets,
        http: Http,
    ) -> PolledPage:
        return fetch(stream, cursor, settings, secrets, http)

    def fetch_media(
        self, media: Media, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> FetchedMedia:
        return files.fetch(media, http)
