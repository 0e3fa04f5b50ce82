"""Our own canary: a visitor who opens our chat from outside and writes, as citizens do."""

import hashlib
from urllib.parse import quote

from chalicelib.channels.chat.rules import NAME
from chalicelib.channels.chat.visitor import HEADER
from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.http import Http
from chalicelib.channels.taming import text_of
from chalicelib.errors import ChannelUnavailable

CREATED, ACCEPTED = 201, 202


def send_canary(text: str, settings: AccountSettings, http: Http) -> None:
    """Raises ``ChannelUnavailable`` when our own chat does not take it."""
    place = f"/chat/{quote(settings.account, safe='')}"
    opened = http.request(NAME, "POST", f"{place}/visitors", body={})
    who = opened.json()
    message = {
        "type": "message",
        "message_id": f"canary-{hashlib.sha256(text.encode()).hexdigest()[:24]}",
        "session_id": text_of(who, "session_id"),
        "text": text,
    }
    visitor = {HEADER: text_of(who, "visitor")}
    said = http.request(NAME, "POST", f"{place}/messages", headers=visitor, body=message)
    if (opened.status, said.status) != (CREATED, ACCEPTED):
        raise ChannelUnavailable(NAME, str(said.status), "onze eigen chat neemt niets aan")
