"""X. Off until approved, and for a public body only on an Enterprise contract: channels.md 1."""

from datetime import datetime

from chalicelib.channels.contract import (
    AccountSettings,
    FetchedMedia,
    Outgoing,
    PolledPage,
    Probed,
    Raw,
    Renewed,
    Secrets,
    Sent,
    Stream,
    WebhookRequest,
)
from chalicelib.channels.http import Http
from chalicelib.channels.x import media as files
from chalicelib.channels.x import probe, renewing, signing
from chalicelib.channels.x.parse import parse
from chalicelib.channels.x.poll import EVERY, fetch, read, streams
from chalicelib.channels.x.rules import NAME, RULES
from chalicelib.channels.x.send import send
from chalicelib.domain.media import Media
from chalicelib.domain.message import Parsed


class X:
    """See ``contract.Channel``, ``contract.Searches`` and ``contract.FetchesMedia``."""

    name = NAME
    rules = RULES
    search_every = EVERY
    search_priced = True
    renewal = renewing.RENEWAL

    def handshake(self, request: WebhookRequest, secrets: Secrets) -> dict[str, str]:
        return signing.answer_check(request, secrets)

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:
        signing.verify(request, secrets)

    def parse(self, raw: Raw, settings: AccountSettings) -> Parsed:
        return parse(raw, settings)

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        return send(outgoing, secrets, http)

    def mark_read(
        self, external_id: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        """Nothing to do: X shows nobody that a post was seen."""

    def fetch_media(
        self, media: Media, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> FetchedMedia:
        return files.fetch(media, secrets, http)

    def probe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Probed | None:
        return probe.probe(address, settings, secrets, http)

    def subscribe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        probe.subscribe(address, settings, secrets, http)

    def redeliver(
        self, address: str, since: datetime, until: datetime, secrets: Secrets, http: Http
    ) -> bool:
        return probe.redeliver(address, since, until, secrets, http)

    def renews(self, settings: AccountSettings, secrets: Secrets) -> bool:
        return renewing.renews(secrets)

    def renew(self, settings: AccountSettings, secrets: Secrets, http: Http) -> Renewed:
        return renewing.renew(settings, secrets, http)

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

    def search(
        self,
        query: str,
        cursor: str | None,
        settings: AccountSettings,
        secrets: Secrets,
        http: Http,
    ) -> PolledPage:
        return read(query, cursor, settings, secrets, http)
