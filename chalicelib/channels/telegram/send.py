"""What goes out to Telegram (channels.md 13). The address holds the token: it is shown nowhere."""

from collections.abc import Sequence
from typing import Any

from chalicelib.channels.contract import Outgoing, Secrets, Sent
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.taming import id_of
from chalicelib.channels.telegram.account import accepted, token_of
from chalicelib.channels.telegram.errors import moved_to
from chalicelib.channels.telegram.media import request_with
from chalicelib.channels.telegram.rules import NAME
from chalicelib.errors import OutcomeUnknown

PRESSED = "cq"
"""What the id of a pressed button begins with, where that of a message begins with its chat."""


def send(outgoing: Outgoing, secrets: Secrets, http: Http) -> Sent:
    """One text or file, in the chat that the citizen wrote in. Raises the ``ChannelError`` family.

    A file carries the text as its caption.
    """
    message = text_message(outgoing)
    answer = _post(message, outgoing, secrets, http)
    elsewhere = moved_to(answer)
    if elsewhere:
        # Nothing was accepted, and the quoted message stayed behind in the old group.
        moved = {"chat_id": elsewhere, "text": outgoing.text, **keyboard(outgoing.choices)}
        answer = _post(moved, outgoing, secrets, http)
    said = accepted(answer).json()
    chat, number = (id_of(said, "result", *at) for at in (("chat", "id"), ("message_id",)))
    if chat is None or number is None:
        raise OutcomeUnknown(NAME, "no-id", "onbekend of Telegram het bericht heeft")
    return Sent(external_id=f"{chat}:{number}")


def text_message(outgoing: Outgoing) -> dict[str, Any]:
    """Plain text; in a group the answer shows whom it is for by quoting."""
    chat, _, number = (outgoing.in_reply_to or "").partition(":")
    said = {"text": outgoing.text, **keyboard(outgoing.choices)}
    if outgoing.thread is None or chat == PRESSED or not number:
        return {"chat_id": outgoing.thread or outgoing.to, **said}
    quote = {"message_id": int(number), "allow_sending_without_reply": True}
    return {"chat_id": outgoing.thread, **said, "reply_parameters": quote}


def keyboard(choices: Sequence[str]) -> dict[str, Any]:
    """A button below the text for each choice, which carries its own words back to us."""
    if not choices:
        return {}
    rows = [[{"text": choice, "callback_data": choice}] for choice in choices]
    return {"reply_markup": {"inline_keyboard": rows}}


def mark_read(external_id: str, secrets: Secrets, http: Http) -> None:
    """That somebody is writing: a bot cannot show that it read. A pressed button stops waiting.

    Raises the ``ChannelError`` family.
    """
    chat, _, rest = external_id.partition(":")
    method, body = "sendChatAction", {"chat_id": chat, "action": "typing"}
    if chat == PRESSED:
        method, body = "answerCallbackQuery", {"callback_query_id": rest}
    accepted(http.request(NAME, "POST", f"/bot{token_of(secrets)}/{method}", body=body))


def _post(message: dict[str, Any], outgoing: Outgoing, secrets: Secrets, http: Http) -> Answer:
    path = f"/bot{token_of(secrets)}"
    if not outgoing.files:
        return http.request(NAME, "POST", f"{path}/sendMessage", body=message)
    (file,) = outgoing.files
    method, form = request_with(file, message)
    return http.request(NAME, "POST", f"{path}/{method}", form=form)
