"""What goes out to YouTube (channels.md 10): a reply under a comment. Replies have no replies."""

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent
from chalicelib.channels.http import Http
from chalicelib.channels.taming import id_of
from chalicelib.channels.youtube.client import ask
from chalicelib.channels.youtube.rules import NAME, RULES
from chalicelib.errors import ChannelRefused, OutcomeUnknown


def send(outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http) -> Sent:
    """One reply, under the comment at the top of the thread. Raises the ``ChannelError`` family."""
    if RULES.measure(outgoing.text) > RULES.longest_text:
        raise ChannelRefused(NAME, "too-long", "het antwoord is te lang voor YouTube")
    if not outgoing.thread:
        raise ChannelRefused(NAME, "no-post", "onbekend op welke reactie dit een antwoord is")
    comment = {"snippet": {"parentId": outgoing.thread, "textOriginal": outgoing.text}}
    answer = ask(
        "POST",
        "comments",
        {"part": "snippet"},
        settings=settings,
        secrets=secrets,
        http=http,
        body=comment,
    )
    id = id_of(answer.json(), "id")
    if id is None:
        raise OutcomeUnknown(NAME, "no-id", "onbekend of YouTube de reactie heeft")
    return Sent(external_id=id)
