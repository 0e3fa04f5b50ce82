"""A citizen's picture on Bluesky, from the network's image server, by its writer and its digest.

Films are handed out in pieces for players only, and the original lies on the writer's own server:
an address that strangers choose, where we do not go.
"""

from http import HTTPStatus
from urllib.parse import quote

from chalicelib.channels.bluesky.errors import error_of
from chalicelib.channels.bluesky.rules import NAME
from chalicelib.channels.contract import FetchedMedia
from chalicelib.channels.http import Http
from chalicelib.domain.media import Media
from chalicelib.errors import ChannelRefused

IMAGES = "cdn.bsky.app"


def fetch(media: Media, http: Http) -> FetchedMedia:
    """Its bytes. Raises the ``ChannelError`` family or ``TooLarge``."""
    writer, _, digest = (media.id or "").partition("/")
    if media.kind != "image" or not digest:
        raise ChannelRefused(NAME, "no-file", "Bluesky geeft films niet als bestand")
    base = http.base_urls[NAME]
    there = f"https://{IMAGES}" if "{host}" in base else base
    path = f"/img/feed_fullsize/plain/{quote(writer, safe=':')}/{quote(digest, safe='')}@jpeg"
    answer = http.download(NAME, there + path, hosts=(IMAGES,))
    if answer.status != HTTPStatus.OK:
        raise error_of(answer)
    return FetchedMedia(body=answer.body, mime=answer.headers.get("content-type"))
