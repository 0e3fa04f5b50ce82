"""WhatsApp Business Cloud API. Off until approved: channels.md 1."""

from collections.abc import Sequence

from chalicelib.channels import meta
from chalicelib.channels.contract import (
    AccountSettings,
    FetchedMedia,
    Outgoing,
    Probed,
    Raw,
    Secrets,
    Sent,
    WebhookRequest,
)
from chalicelib.channels.http import Http
from chalicelib.channels.whatsapp import media as files
from chalicelib.channels.whatsapp.parse import parse
from chalicelib.channels.whatsapp.probe import probe, subscribe
from chalicelib.channels.whatsapp.rules import NAME, RULES
from chalicelib.channels.whatsapp.send import mark_read, send
from chalicelib.channels.whatsapp.templates import read_templates
from chalicelib.domain.media import Media
from chalicelib.domain.message import Parsed
from chalicelib.domain.template import Template


class WhatsApp:
    """See ``contract.Channel``."""

    name = NAME
    rules = RULES

    def handshake(self, request: WebhookRequest, secrets: Secrets) -> str:
        return meta.handshake(request, secrets)

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:
        meta.verify(request, secrets)

    def parse(self, raw: Raw, settings: AccountSettings) -> Parsed:
        return parse(raw, settings)

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        return send(outgoing, settings, secrets, http)

    def mark_read(
        self, external_id: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        mark_read(external_id, settings, secrets, http)

    def fetch_media(
        self, media: Media, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> FetchedMedia:
        return files.fetch(media, settings, secrets, http)

    def templates(
        self, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sequence[Template]:
        return read_templates(settings, secrets, http)

    def probe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Probed:
        return probe(settings, secrets, http)

    def subscribe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        subscribe(settings, secrets, http)
