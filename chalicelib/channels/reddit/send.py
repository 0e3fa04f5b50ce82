"""What goes out to Reddit (channels.md 9): a comment in public, an answer to a private message."""

from typing import Any

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.reddit.errors import error_in
from chalicelib.channels.reddit.rules import NAME
from chalicelib.channels.taming import items_of, name_of
from chalicelib.errors import ChannelRefused, OutcomeUnknown


def send(outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http) -> Sent:
    """One answer under the citizen's own message. Raises the ``ChannelError`` family."""
    if not outgoing.in_reply_to:
        raise ChannelRefused(NAME, "no-post", "onbekend op welk bericht dit een antwoord is")
    fields = {"thing_id": outgoing.in_reply_to, "text": outgoing.text}
    answer = _post("api/comment", fields, settings, secrets, http)
    things = items_of(answer.json(), "json", "data", "things")
    external_id = next((id for thing in things if (id := name_of(thing, "data", "name"))), None)
    if external_id is None:
        raise OutcomeUnknown(NAME, "no-id", "onbekend of Reddit het bericht heeft")
    return Sent(external_id=external_id)


def mark_read(external_id: str, settings: AccountSettings, secrets: Secrets, http: Http) -> None:
    """Take it from our unread ones. Raises the ``ChannelError`` family."""
    _post("api/read_message", {"id": external_id}, settings, secrets, http)


def _post(
    path: str, fields: dict[str, Any], settings: AccountSettings, secrets: Secrets, http: Http
) -> Answer:
    from chalicelib.channels.reddit.client import ask  # noqa: PLC0415  praw, only when needed

    answer = ask("POST", path, fields, settings=settings, secrets=secrets, http=http)
    refused = error_in(answer)
    if refused:
        raise refused
    return answer
