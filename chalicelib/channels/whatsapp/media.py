"""WhatsApp's files, both ways (channels.md 4.6): first its id, then its bytes; and the reverse."""

from http import HTTPStatus
from urllib.parse import quote

from chalicelib.channels.contract import AccountSettings, OutgoingFile, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.offers import FetchedMedia
from chalicelib.channels.taming import id_of, name_of
from chalicelib.channels.whatsapp.account import accepted, account_path, authorization, version_path
from chalicelib.channels.whatsapp.errors import error_of
from chalicelib.channels.whatsapp.rules import NAME
from chalicelib.domain.media import Media
from chalicelib.errors import ChannelRefused, ChannelUnavailable, OutcomeUnknown

NO_SUCH_FILE = "100"
"""An id holds seven days; after those Graph says that the request is wrong."""

HOSTS = ("lookaside.fbsbx.com",)
"""Where Meta keeps files. Our token goes nowhere else."""


def fetch(media: Media, settings: AccountSettings, secrets: Secrets, http: Http) -> FetchedMedia:
    """One file. An address holds five minutes, so a new one is asked for each time."""
    headers = authorization(secrets)
    url = _where(media, settings, headers, http)
    answer = http.download(NAME, url, hosts=HOSTS, headers=headers)
    if answer.status == HTTPStatus.NOT_FOUND:
        raise ChannelUnavailable(NAME, "expired", "het adres van het bestand was verlopen")
    if answer.status != HTTPStatus.OK:
        raise error_of(answer)
    return FetchedMedia(body=answer.body, mime=answer.headers.get("content-type"))


def _where(media: Media, settings: AccountSettings, headers: dict[str, str], http: Http) -> str:
    if media.id is None:
        return media.url or ""
    path = f"{version_path(settings)}/{quote(media.id, safe='')}"
    answer = http.request(NAME, "GET", path, headers=headers)
    if id_of(answer.json(), "error", "code") == NO_SUCH_FILE:
        raise ChannelRefused(NAME, NO_SUCH_FILE, "WhatsApp heeft dit bestand niet meer")
    accepted(answer)
    url = name_of(answer.json(), "url")
    if url is None:
        raise ChannelRefused(NAME, "no-url", "WhatsApp zegt niet waar het bestand staat")
    return url


def upload(file: OutgoingFile, settings: AccountSettings, secrets: Secrets, http: Http) -> str:
    """Bring a file of ours; the id to send it by. Nothing reaches anybody yet."""
    form: dict[str, str | tuple[str, bytes, str]] = {
        "messaging_product": "whatsapp",
        "type": file.mime,
        "file": (file.name, file.body, file.mime),
    }
    path = f"{account_path(settings)}/media"
    try:
        answer = http.request(NAME, "POST", path, headers=authorization(secrets), form=form)
    except OutcomeUnknown as error:
        # Nobody was sent anything: bringing the file again reaches nobody twice.
        raise ChannelUnavailable(NAME, error.code, error.reason) from error
    id = id_of(accepted(answer).json(), "id")
    if id is None:
        raise ChannelUnavailable(NAME, "no-id", "WhatsApp nam het bestand niet aan")
    return id
