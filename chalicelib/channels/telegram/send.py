"""What goes out to Telegram (channels.md 13). The address holds the token: it is shown nowhere."""

from typing import Any

from chalicelib.channels.contract import Outgoing, Secrets, Sent
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.taming import id_of
from chalicelib.channels.telegram.errors import error_of, moved_to
from chalicelib.channels.telegram.rules import NAME
from chalicelib.errors import ChannelAccessLost, OutcomeUnknown


def send(outgoing: Outgoing, secrets: Secrets, http: Http) -> Sent:
    """One text, in the chat that the citizen wrote in. Raises the ``ChannelError`` family."""
    message = text_message(outgoing)
    answer = _post(message, secrets, http)
    elsewhere = moved_to(answer)
    if elsewhere:
        # Nothing was accepted, and the quoted message stayed behind in the old group.
        answer = _post({"chat_id": elsewhere, "text": outgoing.text}, secrets, http)
    if not _accepted(answer):
        raise error_of(answer)
    chat, number = (id_of(answer.json(), "result", *at) for at in (("chat", "id"), ("message_id",)))
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


def _accepted(answer: Answer) -> bool:
    return 200 <= answer.status < 300 and answer.json().get("ok") is not False  # noqa: PLR2004


def _post(message: dict[str, Any], secrets: Secrets, http: Http) -> Answer:
    tokens = secrets.all("bot_token")
    if not tokens:
        raise ChannelAccessLost(NAME, "no-token", "voor dit account is geen sleutel ingesteld")
    return http.request(NAME, "POST", f"/bot{tokens[0]}/sendMessage", body=message)
