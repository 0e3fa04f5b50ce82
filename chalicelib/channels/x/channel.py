"""X. Off until approved, and for a public body only on an Enterprise contract: channels.md 1."""

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent
from chalicelib.channels.http import Http
from chalicelib.channels.offers import FetchedMedia
from chalicelib.channels.shows_no_reading import ShowsNoReading
from chalicelib.channels.x import media as files
from chalicelib.channels.x import probe, renewing, signing
from chalicelib.channels.x.parse import parse
from chalicelib.channels.x.poll import EVERY, fetch, read, streams
from chalicelib.channels.x.rules import NAME, RULES
from chalicelib.channels.x.send import send
from chalicelib.domain.media import Media


class X(ShowsNoReading):
    """See ``contract.Channel``, ``offers.Searches`` and ``offers.FetchesMedia``."""

    name = NAME
    rules = RULES
    search_every = EVERY
    search_priced = True
    renewal = renewing.RENEWAL

    handshake = staticmethod(signing.answer_check)
    verify = staticmethod(signing.verify)
    parse = staticmethod(parse)
    subscribe = staticmethod(probe.subscribe)
    redeliver = staticmethod(probe.redeliver)
    probe = staticmethod(probe.probe)
    renew = staticmethod(renewing.renew)
    streams = staticmethod(streams)
    fetch = staticmethod(fetch)
    search = staticmethod(read)

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        return send(outgoing, secrets, http)

    def fetch_media(
        self, media: Media, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> FetchedMedia:
        return files.fetch(media, secrets, http)

    def renews(self, settings: AccountSettings, secrets: Secrets) -> bool:
        return renewing.renews(secrets)
