"""What goes out to WhatsApp (channels.md 4.5, 4.6)."""

import re
from collections.abc import Mapping
from typing import Any

from chalicelib.channels.contract import AccountSettings, Outgoing, OutgoingFile, Secrets, Sent
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.taming import id_of, list_of
from chalicelib.channels.whatsapp.account import accepted, account_path, authorization
from chalicelib.channels.whatsapp.choices import choices_message
from chalicelib.channels.whatsapp.media import upload
from chalicelib.channels.whatsapp.rules import NAME
from chalicelib.channels.whatsapp.templates import template_message
from chalicelib.errors import OutcomeUnknown

_BUSINESS_SCOPED_ID = re.compile(r"[A-Z]{2}\.")


def send(outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http) -> Sent:
    """One text, or one file with the text below it. Raises the ``ChannelError`` family."""
    said = content_of(outgoing)
    if outgoing.files:
        (file,) = outgoing.files
        said = _file_of(file, upload(file, settings, secrets, http), outgoing.text)
    answer = _post({**_envelope_of(outgoing), **said}, settings, secrets, http)
    external_id = next((id_of(m, "id") for m in list_of(answer.json(), "messages")), None)
    if external_id is None:
        # Accepted, it says, but without the id that receipts will name.
        raise OutcomeUnknown(NAME, "no-id", "onbekend of WhatsApp het bericht heeft")
    return Sent(external_id=external_id)


def mark_read(external_id: str, settings: AccountSettings, secrets: Secrets, http: Http) -> None:
    """Blue ticks for this message and the earlier ones, and that somebody is writing.

    Marks are sent when an agent takes the conversation up, to answer. The dots go by themselves,
    after 25 seconds or with the answer. Raises the ``ChannelError`` family.
    """
    mark = {"messaging_product": "whatsapp", "status": "read", "message_id": external_id}
    _post({**mark, "typing_indicator": {"type": "text"}}, settings, secrets, http)


def content_of(outgoing: Outgoing) -> dict[str, Any]:
    """What is said: a template, a text with choices below it, or a text."""
    if outgoing.template:
        return template_message(outgoing.template)
    if outgoing.choices:
        return choices_message(outgoing.text, outgoing.choices)
    return {"type": "text", "text": {"body": outgoing.text, "preview_url": False}}


def _file_of(file: OutgoingFile, id: str, caption: str) -> dict[str, Any]:
    said = {"id": id}
    if caption:
        said["caption"] = caption
    if file.kind == "document":
        said["filename"] = file.name
    return {"type": file.kind, file.kind: said}


def _envelope_of(outgoing: Outgoing) -> dict[str, Any]:
    message: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        _address_field(outgoing.to): outgoing.to,
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
    path = f"{account_path(settings)}/messages"
    return accepted(http.request(NAME, "POST", path, headers=authorization(secrets), body=body))
