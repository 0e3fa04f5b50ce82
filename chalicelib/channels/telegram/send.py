"""What goes out to Telegram (channels.md 13). The address holds the token: it is shown nowhere."""

from typing import Any

from chalicelib.channels.contract import Outgoing, Secrets, Sent
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.taming import id_of
from chalicelib.channels.telegram.account import accepted, token_of
from chalicelib.channels.telegram.errors import moved_to
from chalicelib.channels.telegram.media import request_with
from chalicelib.channels.telegram.rules import NAME
from chalicelib.errors import OutcomeUnknown


def send(outgoing: Outgoing, secrets: Secrets, http: Http) -> Sent:
    """One text or file, in the chat that the citizen wrote in. Raises the ``ChannelError`` family.

    A file carries the text as its caption.
    """
    message = text_message(outgoing)
    answer = _post(message, outgoing, secrets, http)
    elsewhere = moved_to(answer)
    if elsewhere:
        # Nothing was accepted, and the quoted message stayed behind in the old group.
        moved = {"chat_id": elsewhere, "text": outgoing.text}
        answer = _post(moved, outgoing, secrets, http)
    said = accepted(answer).json()
    chat, number = (id_of(said, "result", *at) for at in (("chat", "id"), ("message_id",)))
    if chat is None or number is None:
        raise OutcomeUnknown(NAME, "no-id", "onbekend of Telegram het bericht heeft")
    return Sent(external_id=f"{chat}:{number}")


def text_message(outgoing: Outgoing) -> dict[str, Any]:
    """Plain text; in a group the answer shows whom it is for by quoting."""
    chat, _, number = (outgoing.in_reply_to or "").partition(":")
    if outgoing.thread is None or chat == "cq" or not number:
        return {"chat_id": outgoing.thread or outgoing.to, "text": outgoing.text}
    quote = {"message_id": int(number), "allow_sending_without_reply": True}
    return {"chat_id": outgoing.thread, "text": outgoing.text, "reply_parameters": quote}


def _post(message: dict[str, Any], outgoing: Outgoing, secrets: Secrets, http: Http) -> Answer:
    path = f"/bot{token_of(secrets)}"
    if not outgoing.files:
        return http.request(NAME, "POST", f"{path}/sendMessage", body=message)
    (file,) = outgoing.files
    method, form = request_with(file, message)
    return http.request(NAME, "POST", f"{path}/{method}", form=form)
