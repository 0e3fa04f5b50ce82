"""WhatsApp Business Cloud API. Off until approved: channels.md 1."""

from chalicelib.channels import meta
from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.offers import Probed
from chalicelib.channels.whatsapp import media as files
from chalicelib.channels.whatsapp.parse import parse
from chalicelib.channels.whatsapp.probe import probe, subscribe
from chalicelib.channels.whatsapp.rules import NAME, RULES
from chalicelib.channels.whatsapp.send import mark_read, send
from chalicelib.channels.whatsapp.templates import read_templates


class WhatsApp:
    """See ``contract.Channel``."""

    name = NAME
    rules = RULES

    handshake = staticmethod(meta.handshake)
    verify = staticmethod(meta.verify)
    parse = staticmethod(parse)
    send = staticmethod(send)
    mark_read = staticmethod(mark_read)
    fetch_media = staticmethod(files.fetch)
    templates = staticmethod(read_templates)

    def probe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Probed:
        return probe(settings, secrets, http)

    def subscribe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        subscribe(settings, secrets, http)
