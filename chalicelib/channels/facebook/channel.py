"""A page on Facebook: comments, posts, mentions, reviews. Off until approved: channels.md 1.

Messenger is the same page under another name; what differs is in ``codes`` and approval.
"""

from datetime import datetime

from chalicelib.channels import meta, meta_graph, meta_media
from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent
from chalicelib.channels.facebook.errors import CODES
from chalicelib.channels.facebook.parse import parse
from chalicelib.channels.facebook.probe import probe, subscribe
from chalicelib.channels.facebook.read_back import read_back
from chalicelib.channels.facebook.rules import NAME, RULES
from chalicelib.channels.facebook.send import send
from chalicelib.channels.http import Http
from chalicelib.channels.meta_errors import Codes
from chalicelib.channels.meta_graph import Graph
from chalicelib.channels.offers import FetchedMedia, Gesture, PolledPage, Probed
from chalicelib.channels.shows_no_reading import ShowsNoReading
from chalicelib.domain.media import Media


class Facebook(ShowsNoReading):
    """See ``contract.Channel``, ``Gestures``, ``FetchesMedia``, ``Probes`` and ``Subscribes``."""

    name = NAME
    rules = RULES
    codes: Codes = CODES

    handshake = staticmethod(meta.handshake)
    verify = staticmethod(meta.verify)
    parse = staticmethod(parse)

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        return send(self._line(settings, secrets, http), outgoing)

    def gesture(
        self, what: Gesture, to: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        meta_graph.show(self._line(settings, secrets, http), settings.account, what, to)

    def fetch_media(
        self, media: Media, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> FetchedMedia:
        return meta_media.fetch(media, self.codes, http)

    def read_back(
        self,
        cursor: str | None,
        since: datetime,
        settings: AccountSettings,
        secrets: Secrets,
        http: Http,
    ) -> PolledPage:
        return read_back(self._line(settings, secrets, http), cursor, since)

    def probe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Probed:
        return probe(self._line(settings, secrets, http))

    def subscribe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        subscribe(self._line(settings, secrets, http))

    def _line(self, settings: AccountSettings, secrets: Secrets, http: Http) -> Graph:
        return Graph(codes=self.codes, settings=settings, secrets=secrets, http=http)
