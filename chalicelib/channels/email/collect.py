"""Mails and their files are fetched from the bucket that SES puts them in."""

from http import HTTPStatus
from urllib.parse import quote

from chalicelib.channels.contract import Raw
from chalicelib.channels.email.mail import bytes_of, leaves, read_mail
from chalicelib.channels.email.pointing import addresses_in
from chalicelib.channels.email.rules import NAME
from chalicelib.channels.http import LARGEST_FILE, Answer, Http
from chalicelib.channels.offers import FetchedMedia
from chalicelib.channels.taming import read_object
from chalicelib.domain.media import Media
from chalicelib.errors import (
    BadPayload,
    ChannelAccessLost,
    ChannelRefused,
    ChannelUnavailable,
    TooLarge,
)

OBJECTS = "objects"
"""Under which name the bucket's address is known to ``Http``."""


def collect(raw: Raw, http: Http) -> dict[str, bytes]:
    """The mails that these bytes point at. One that is not there is left out.

    Raises the ``ChannelError`` family when the bucket does not answer.
    """
    found = {address: fetched(address, http) for address in addresses_in(read_object(raw.body))}
    return {address: body for address, body in found.items() if body is not None}


def fetched(address: str, http: Http) -> bytes | None:
    """The object at ``s3://bucket/key``; None when there is none."""
    path = quote(address.removeprefix("s3:/"), safe="/~")
    answer = http.request(OBJECTS, "GET", path)
    if answer.status == HTTPStatus.NOT_FOUND:
        return None
    if answer.status != HTTPStatus.OK:
        raise _not_given(answer)
    return answer.body


def fetch_file(media: Media, http: Http) -> FetchedMedia:
    """One file of a mail, by its place in it."""
    body = fetched(media.url or "", http) if media.url else None
    if body is None:
        raise ChannelRefused(NAME, "gone", "de mail met dit bestand is er niet meer")
    try:
        parts = list(leaves(read_mail(body)))
        part = parts[int(media.id or "")]
    except (BadPayload, ValueError, IndexError) as error:
        raise ChannelRefused(NAME, "no-part", "dit bestand staat niet in de mail") from error
    data = bytes_of(part)
    if len(data) > LARGEST_FILE:
        raise TooLarge("the file is over 25 MB", limit=LARGEST_FILE)
    return FetchedMedia(body=data, mime=part.get_content_type())


def _not_given(answer: Answer) -> ChannelUnavailable | ChannelAccessLost:
    code = f"http-{answer.status}"
    if answer.status == HTTPStatus.FORBIDDEN:
        return ChannelAccessLost(NAME, code, "wij mogen de binnengekomen mail niet lezen")
    return ChannelUnavailable(NAME, code, "de binnengekomen mail is nu niet te lezen")
