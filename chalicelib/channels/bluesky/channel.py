"""Bluesky. On after approval: public bodies sign an amendment of its terms (channels.md 1)."""

from chalicelib.channels.bluesky import media as files
from chalicelib.channels.bluesky.parse import parse
from chalicelib.channels.bluesky.poll import EVERY, fetch, search, streams
from chalicelib.channels.bluesky.rules import NAME, RULES
from chalicelib.channels.bluesky.send import send
from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.listened import DeliversNothing
from chalicelib.channels.offers import FetchedMedia
from chalicelib.domain.media import Media


class Bluesky(DeliversNothing):
    """See ``contract.Channel``, ``offers.Searches`` and ``offers.FetchesMedia``."""

    name = NAME
    title = "Bluesky"
    rules = RULES
    search_every = EVERY
    search_priced = False

    parse = staticmethod(parse)
    send = staticmethod(send)
    streams = staticmethod(streams)
    fetch = staticmethod(fetch)
    search = staticmethod(search)

    def fetch_media(
        self, media: Media, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> FetchedMedia:
        return files.fetch(media, http)
