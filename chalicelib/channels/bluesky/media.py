"""Files on Bluesky, both ways.

A citizen's picture comes from the network's image server, by its writer and its digest. Ours are
brought to our own server, which gives what a post embeds. Films are handed out in pieces for
players only, and the original lies on the writer's own server: an address that strangers choose,
where we do not go.
"""

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from chalicelib.channels.bluesky.client import ask
from chalicelib.channels.bluesky.errors import error_of
from chalicelib.channels.bluesky.rules import NAME
from chalicelib.channels.contract import AccountSettings, OutgoingFile, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.offers import FetchedMedia
from chalicelib.channels.taming import dict_of
from chalicelib.domain.media import Media
from chalicelib.errors import ChannelRefused, ChannelUnavailable, OutcomeUnknown

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


def upload(
    file: OutgoingFile, settings: AccountSettings, secrets: Secrets, http: Http
) -> dict[str, Any]:
    """Bring a file of ours; how a post refers to it. Nobody sees it until then."""
    brought = (file.name, file.body, file.mime)
    path = "com.atproto.repo.uploadBlob"
    try:
        answer = ask("POST", path, settings=settings, secrets=secrets, http=http, file=brought)
    except OutcomeUnknown as error:
        raise ChannelUnavailable(NAME, error.code, error.reason) from error
    blob = dict_of(answer.json(), "blob")
    if not blob:
        raise ChannelUnavailable(NAME, "no-blob", "Bluesky nam het bestand niet aan")
    return blob
