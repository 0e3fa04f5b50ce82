"""YouTube comments. Off until approved; nothing of it is kept over 30 days (channels.md 1)."""

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.listened import DeliversNothing
from chalicelib.channels.offers import FetchedMedia
from chalicelib.channels.youtube import media as files
from chalicelib.channels.youtube.parse import parse
from chalicelib.channels.youtube.poll import fetch, streams
from chalicelib.channels.youtube.rules import NAME, RULES
from chalicelib.channels.youtube.send import send
from chalicelib.domain.media import Media


class YouTube(DeliversNothing):
    """See ``contract.Channel``, ``offers.Polls`` and ``offers.FetchesMedia``."""

    name = NAME
    title = "YouTube"
    rules = RULES

    parse = staticmethod(parse)
    send = staticmethod(send)
    streams = staticmethod(streams)
    fetch = staticmethod(fetch)

    def fetch_media(
        self, media: Media, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> FetchedMedia:
        return files.fetch(media, http)
