"""The picture of a comment on YouTube: on Google's image servers, at an address without a key."""

from http import HTTPStatus

from chalicelib.channels.http import Http
from chalicelib.channels.offers import FetchedMedia
from chalicelib.channels.youtube.errors import error_of
from chalicelib.channels.youtube.rules import NAME
from chalicelib.domain.media import Media
from chalicelib.errors import ChannelRefused

IMAGES = (".googleusercontent.com", ".ggpht.com", ".ytimg.com")


def fetch(media: Media, http: Http) -> FetchedMedia:
    """Its bytes. Raises the ``ChannelError`` family or ``TooLarge``."""
    if not media.url:
        raise ChannelRefused(NAME, "no-address", "YouTube zegt niet waar het plaatje staat")
    answer = http.download(NAME, media.url, hosts=IMAGES)
    if answer.status != HTTPStatus.OK:
        raise error_of(answer)
    return FetchedMedia(body=answer.body, mime=answer.headers.get("content-type"))
