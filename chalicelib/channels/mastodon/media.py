"""Files on Mastodon, both ways.

Of a citizen's file our own server keeps a copy, at an address that needs no key. Ours are brought
first, and then named in the post. Many servers keep their copies elsewhere; the setting
``media_hosts`` names those hosts, with a space between them.
"""

from http import HTTPStatus

from chalicelib.channels.contract import AccountSettings, OutgoingFile, Secrets
from chalicelib.channels.hosts import at_home
from chalicelib.channels.http import File, Http
from chalicelib.channels.mastodon.client import ask
from chalicelib.channels.mastodon.errors import error_of
from chalicelib.channels.mastodon.rules import NAME
from chalicelib.channels.offers import FetchedMedia
from chalicelib.channels.taming import id_of
from chalicelib.domain.media import Media
from chalicelib.errors import ChannelRefused, ChannelUnavailable, OutcomeUnknown


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


def upload(file: OutgoingFile, settings: AccountSettings, secrets: Secrets, http: Http) -> str:
    """Bring a file of ours; its id. Nobody sees it until a post names it."""
    brought: File = (file.name, file.body, file.mime)
    form: dict[str, str | File] = {"file": brought, "description": file.name}
    try:
        answer = ask(
            "POST", "/api/v2/media", settings=settings, secrets=secrets, http=http, form=form
        )
    except OutcomeUnknown as error:
        raise ChannelUnavailable(NAME, error.code, error.reason) from error
    id = id_of(answer.json(), "id")
    if id is None or answer.status != HTTPStatus.OK:
        raise ChannelUnavailable(NAME, "no-file", "Mastodon heeft het bestand nog niet klaar")
    return id
