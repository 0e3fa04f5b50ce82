"""Files that citizens send on Messenger, Facebook and Instagram: short-lived links, no key needed.

Fetched at once (channels.md 5.3); what the link has become later is a refusal.
"""

from http import HTTPStatus

from chalicelib.channels.contract import FetchedMedia
from chalicelib.channels.http import Http
from chalicelib.channels.meta_errors import Codes, error_of
from chalicelib.domain.media import Media
from chalicelib.errors import ChannelRefused

HOSTS = (".fbcdn.net", ".fbsbx.com", ".cdninstagram.com")
"""Where Meta keeps them."""

GONE = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def fetch(media: Media, codes: Codes, http: Http) -> FetchedMedia:
    """The bytes of one file."""
    answer = http.download(codes.channel, media.url or "", hosts=HOSTS)
    if answer.status in GONE:
        raise ChannelRefused(codes.channel, "expired", "de koppeling naar het bestand is verlopen")
    if answer.status != HTTPStatus.OK:
        raise error_of(answer, codes)
    return FetchedMedia(body=answer.body, mime=answer.headers.get("content-type"))
