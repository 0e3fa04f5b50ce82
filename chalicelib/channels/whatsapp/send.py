"""What goes out to WhatsApp (channels.md 4.5)."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.taming import id_of, list_of
from chalicelib.channels.whatsapp.errors import error_of
from chalicelib.channels.whatsapp.rules import API_VERSION, NAME
from chalicelib.errors import ChannelAccessLost, OutcomeUnknown

_BUSINESS_SCOPED_ID = re.compile(r"[A-Z]{2}\.")


def send(outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http) -> Sent:
    """One text. Raises the ``ChannelError`` family."""
    answer = _post(_text_message(outgoing), settings, secrets, http)
    external_id = next((id_of(m, "id") for m in list_of(answer.json(), "messages")), None)
    if external_id is None:
        # Accepted, it says, but without the id that receipts will name.
        raise OutcomeUnknown(NAME, "no-id", "onbekend of WhatsApp het bericht heeft")
    return Sent(external_id=external_id)


def mark_read(external_id: str, settings: AccountSettings, secrets: Secrets, http: Http) -> None:
    """Blue ticks for this message and the earlier ones. Raises the ``ChannelError`` family."""
    mark = {"messaging_product": "whatsapp", "status": "read", "message_id": external_id}
    _post(mark, settings, secrets, http)


def _text_message(outgoing: Outgoing) -> dict[str, Any]:
    message: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        _address_field(outgoing.to): outgoing.to,
        "type": "text",
        "text": {"body": outgoing.text, "preview_url": False},
        # Comes back in every receipt: so we find our reply even when this answer gets lost.
        "biz_opaque_callback_data": outgoing.reply_id,
    }
    if outgoing.in_reply_to:
        message["context"] = {"message_id": outgoing.in_reply_to}
    return message


def _address_field(handle: str) -> str:
    return "recipient" if _BUSINESS_SCOPED_ID.match(handle) else "to"


def _post(
    body: Mapping[str, Any], settings: AccountSettings, secrets: Secrets, http: Http
) -> Answer:
    answer = http.request(NAME, "POST", _path(settings), headers=_authorization(secrets), body=body)
    if not 200 <= answer.status < 300 or "error" in answer.json():  # noqa: PLR2004
        raise error_of(answer)
    return answer


def _path(settings: AccountSettings) -> str:
    version = settings.settings.get("api_version") or API_VERSION
    return f"/{quote(version, safe='')}/{quote(settings.account, safe='')}/messages"


def _authorization(secrets: Secrets) -> dict[str, str]:
    tokens = secrets.all("access_token")
    if not tokens:
        raise ChannelAccessLost(NAME, "no-token", "voor dit account is geen sleutel ingesteld")
    return {"Authorization": f"Bearer {tokens[0]}"}
