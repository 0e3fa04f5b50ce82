"""Files on X, both ways (channels.md 8.4, 8.6).

Those in posts stand at open addresses; those in private messages are handed out to us alone, by
X's own API. Ours are brought in three steps, and then named in what we send.
"""

from http import HTTPStatus
from typing import Any

from chalicelib.channels.contract import OutgoingFile, Secrets
from chalicelib.channels.http import LARGEST_FILE, Answer, Http
from chalicelib.channels.offers import FetchedMedia
from chalicelib.channels.taming import id_of, items_of
from chalicelib.channels.x.errors import error_of
from chalicelib.channels.x.files import address_of
from chalicelib.channels.x.rules import NAME
from chalicelib.domain.media import Media
from chalicelib.errors import ChannelRefused, ChannelUnavailable, OutcomeUnknown, TooLarge

OPEN = ("pbs.twimg.com", "video.twimg.com")
GUARDED = ("https://ton.twitter.com/", "https://ton.x.com/")
"""Where an address tells which file it is; the file itself is asked of the API."""

UPLOAD = "/2/media/upload"
DESCRIBED = {"expansions": "attachments.media_keys", "media.fields": "url,variants,type"}


def fetch(media: Media, secrets: Secrets, http: Http) -> FetchedMedia:
    """The bytes of one file. Raises the ``ChannelError`` family or ``TooLarge``."""
    url = media.url or looked_up(media, secrets, http)
    if url.startswith(GUARDED):
        return guarded(media, url, secrets, http)
    answer = http.download(NAME, url, hosts=OPEN)
    if answer.status != HTTPStatus.OK:
        raise error_of(answer)
    return FetchedMedia(body=answer.body, mime=answer.headers.get("content-type"))


def looked_up(media: Media, secrets: Secrets, http: Http) -> str:
    """Where a file is of a post that only named it; costs one read of a post."""
    post, _, key = (media.id or "").partition("/")
    page = ask("/2/tweets", secrets, http, params={"ids": post, **DESCRIBED}).json()
    found = [one for one in items_of(page, "includes", "media") if id_of(one, "media_key") == key]
    url = next((address_of(one) for one in found), None)
    if url is None:
        raise ChannelRefused(NAME, "no-address", "X zegt niet waar het bestand staat")
    return url


def guarded(media: Media, url: str, secrets: Secrets, http: Http) -> FetchedMedia:
    """A file of a private message, in our account's name."""
    message, _, key = (media.id or "").partition("/")
    number, resource = key.rpartition("_")[2], url.partition("?")[0].rpartition("/")[2]
    if not (message.isdigit() and number.isdigit() and resource.replace(".", "").isalnum()):
        raise ChannelRefused(NAME, "no-address", "X zegt niet waar het bestand staat")
    answer = ask(f"/2/dm_conversations/media/{message}/{number}/{resource}", secrets, http)
    if len(answer.body) > LARGEST_FILE:
        raise TooLarge("the file is too large", limit=LARGEST_FILE)
    return FetchedMedia(body=answer.body, mime=answer.headers.get("content-type"))


def ask(path: str, secrets: Secrets, http: Http, **asked: Any) -> Answer:
    """What X gives us. Nothing changes, so silence is no harm."""
    from chalicelib.channels.x.client import client_for  # noqa: PLC0415  tweepy, only when needed

    client, how = client_for(secrets, http)
    try:
        client.request("GET", path, **asked, **how)
    except OutcomeUnknown as error:
        raise ChannelUnavailable(NAME, error.code, error.reason) from error
    answer: Answer = client.session.last
    return answer


def upload(file: OutgoingFile, client: Any, how: dict[str, bool], *, private: bool) -> str:
    """Bring a file of ours; its id. Nobody sees it until we send it."""
    from chalicelib.channels.x.client import send_form  # noqa: PLC0415  tweepy, only when needed

    category = "dm_image" if private else "tweet_image"
    told = {"media_type": file.mime, "total_bytes": len(file.body), "media_category": category}
    try:
        client.request("POST", f"{UPLOAD}/initialize", json=told, **how)
        id = id_of(client.session.last.json(), "data", "id")
        if id is None:
            raise ChannelUnavailable(NAME, "no-file", "X nam het bestand niet aan")
        form = {"segment_index": "0"}
        send_form(client, how, f"{UPLOAD}/{id}/append", form, (file.name, file.body, file.mime))
        client.request("POST", f"{UPLOAD}/{id}/finalize", **how)
    except OutcomeUnknown as error:
        raise ChannelUnavailable(NAME, error.code, error.reason) from error
    return id
