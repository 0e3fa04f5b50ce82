"""Mastodon. On after approval: rules are each server's own (channels.md 1); best is one of ours."""

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.listened import DeliversNothing
from chalicelib.channels.mastodon import media as files
from chalicelib.channels.mastodon.parse import parse
from chalicelib.channels.mastodon.poll import EVERY, fetch, search, streams
from chalicelib.channels.mastodon.rules import NAME, RULES
from chalicelib.channels.mastodon.send import send
from chalicelib.channels.offers import FetchedMedia
from chalicelib.domain.media import Media


class Mastodon(DeliversNothing):
    """See ``contract.Channel``, ``offers.Searches`` and ``offers.FetchesMedia``."""

    name = NAME
    title = "Mastodon"
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
        return files.fetch(media, settings, http)
