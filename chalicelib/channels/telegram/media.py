"""Telegram's files, both ways (channels.md 13). A file's address holds our token: shown nowhere."""

import json
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from chalicelib.channels.contract import OutgoingFile, Secrets
from chalicelib.channels.http import File, Http
from chalicelib.channels.offers import FetchedMedia
from chalicelib.channels.taming import name_of, text_of
from chalicelib.channels.telegram.account import accepted, token_of
from chalicelib.channels.telegram.errors import error_of
from chalicelib.channels.telegram.rules import NAME
from chalicelib.domain.media import Media
from chalicelib.errors import ChannelRefused, TooLarge

LARGEST_FETCHED = 20_000_000
"""Bytes: a bot gets nothing larger."""

METHODS = {"image": ("sendPhoto", "photo"), "video": ("sendVideo", "video")}
OTHERWISE = ("sendDocument", "document")
"""Which method takes a kind, and in which field."""


def fetch(media: Media, secrets: Secrets, http: Http) -> FetchedMedia:
    """One file: where it is (that address holds an hour), and then its bytes."""
    if media.size and media.size > LARGEST_FETCHED:
        raise TooLarge("Telegram gives bots no file of this size", limit=LARGEST_FETCHED)
    token = token_of(secrets)
    answer = http.request(NAME, "POST", f"/bot{token}/getFile", body={"file_id": media.id})
    if "file is too big" in text_of(answer.json(), "description"):
        raise TooLarge("Telegram gives bots no file of this size", limit=LARGEST_FETCHED)
    path = name_of(accepted(answer).json(), "result", "file_path")
    if path is None:
        raise ChannelRefused(NAME, "no-path", "Telegram zegt niet waar het bestand staat")
    url = f"{http.base_urls[NAME]}/file/bot{token}/{quote(path)}"
    found = http.download(NAME, url, hosts=())
    if found.status != HTTPStatus.OK:
        raise error_of(found)
    return FetchedMedia(body=found.body, mime=media.mime)


def request_with(file: OutgoingFile, message: dict[str, Any]) -> tuple[str, dict[str, str | File]]:
    """The method that sends a text message with this file instead, and its form."""
    method, field = METHODS.get(file.kind, OTHERWISE)
    form: dict[str, str | File] = {
        "chat_id": str(message["chat_id"]),
        field: (file.name, file.body, file.mime),
    }
    if message["text"]:
        form["caption"] = message["text"]
    for name in ("reply_parameters", "reply_markup"):
        if name in message:
            form[name] = json.dumps(message[name])
    return method, form
