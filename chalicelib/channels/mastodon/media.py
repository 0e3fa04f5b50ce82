"""A citizen's file on Mastodon: our own server keeps a copy, at an address that needs no key.

Many servers keep their copies elsewhere; the setting ``media_hosts`` names those hosts, with a
space between them.
"""

from http import HTTPStatus

from chalicelib.channels.contract import AccountSettings, FetchedMedia
from chalicelib.channels.hosts import at_home
from chalicelib.channels.http import Http
from chalicelib.channels.mastodon.errors import error_of
from chalicelib.channels.mastodon.rules import NAME
from chalicelib.domain.media import Media
from chalicelib.errors import ChannelRefused


def fetch(media: Media, settings: AccountSettings, http: Http) -> FetchedMedia:
    """Its bytes. Raises the ``ChannelError`` family or ``TooLarge``."""
    if not media.url:
        raise ChannelRefused(NAME, "no-address", "Mastodon zegt niet waar het bestand staat")
    home = at_home(NAME, settings, http)
    own = settings.settings.get("host", "")
    hosts = [own, f".{own}"] if own else []
    hosts += settings.settings.get("media_hosts", "").split()
    answer = home.download(NAME, media.url, hosts=tuple(hosts))
    if answer.status != HTTPStatus.OK:
        raise error_of(answer)
    return FetchedMedia(body=answer.body, mime=answer.headers.get("content-type"))
