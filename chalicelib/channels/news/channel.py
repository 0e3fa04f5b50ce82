"""News by RSS and Atom: read for searches only. What a site publishes so is meant to be read."""

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent
from chalicelib.channels.http import Http
from chalicelib.channels.listened import DeliversNothing
from chalicelib.channels.news.parse import parse
from chalicelib.channels.news.poll import EVERY, search, streams
from chalicelib.channels.news.rules import NAME, RULES
from chalicelib.channels.news.send import send
from chalicelib.channels.offers import PolledPage
from chalicelib.errors import NotFound


class News(DeliversNothing):
    """See ``contract.Channel`` and ``offers.Searches``."""

    name = NAME
    title = "Nieuws"
    rules = RULES
    search_every = EVERY
    search_priced = False

    parse = staticmethod(parse)
    streams = staticmethod(streams)

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        del settings, secrets, http
        return send(outgoing)

    def fetch(
        self,
        stream: str,
        cursor: str | None,
        settings: AccountSettings,
        secrets: Secrets,
        http: Http,
    ) -> PolledPage:
        """Raises ``NotFound``: there is no stream but those of searches."""
        del cursor, settings, secrets, http
        raise NotFound("a feed is read for a search only", stream=stream)

    def search(
        self,
        query: str,
        cursor: str | None,
        settings: AccountSettings,
        secrets: Secrets,
        http: Http,
    ) -> PolledPage:
        del secrets
        return search(query, cursor, settings, http)
