"""Instagram: comments, mentions, stories, private messages. Off until approved: channels.md 1."""

from datetime import datetime

from chalicelib.channels import meta, meta_graph, meta_media
from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent
from chalicelib.channels.http import Http
from chalicelib.channels.instagram import renewing
from chalicelib.channels.instagram.errors import CODES
from chalicelib.channels.instagram.parse import parse
from chalicelib.channels.instagram.probe import probe, subscribe
from chalicelib.channels.instagram.read_back import read_back
from chalicelib.channels.instagram.rules import NAME, RULES
from chalicelib.channels.instagram.send import line, send, sender_of
from chalicelib.channels.offers import FetchedMedia, Gesture, PolledPage, Probed
from chalicelib.channels.shows_no_reading import ShowsNoReading
from chalicelib.domain.media import Media


class Instagram(ShowsNoReading):
    """See ``contract.Channel`` and what it offers besides: gestures, files, a watch, renewal."""

    name = NAME
    rules = RULES
    renewal = renewing.RENEWAL

    handshake = staticmethod(meta.handshake)
    verify = staticmethod(meta.verify)
    parse = staticmethod(parse)
    renews = staticmethod(renewing.renews)
    renew = staticmethod(renewing.renew)

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        return send(line(settings, secrets, http), outgoing)

    def gesture(
        self, what: Gesture, to: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        meta_graph.show(line(settings, secrets, http), sender_of(settings), what, to)

    def fetch_media(
        self, media: Media, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> FetchedMedia:
        return meta_media.fetch(media, CODES, http)

    def read_back(
        self,
        cursor: str | None,
        since: datetime,
        settings: AccountSettings,
        secrets: Secrets,
        http: Http,
    ) -> PolledPage:
        return read_back(line(settings, secrets, http), cursor, since)

    def probe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Probed:
        return probe(settings, secrets, http)

    def subscribe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        subscribe(settings, secrets, http)
