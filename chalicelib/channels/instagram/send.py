"""What goes out on Instagram: a comment for everybody, or a private message (channels.md 7).

Accounts opened with Instagram login talk to Instagram's own address. Those that were linked to a
page (setting ``login`` is ``facebook``) talk to Facebook's, and send messages as that page (setting
``page_id``).
"""

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent
from chalicelib.channels.http import Http
from chalicelib.channels.instagram.comments import ELSEWHERE
from chalicelib.channels.instagram.errors import CODES
from chalicelib.channels.instagram.rules import NAME, RULES
from chalicelib.channels.meta_graph import (
    Graph,
    must_fit,
    must_name_what_it_answers,
    send_message,
    sent,
)
from chalicelib.channels.meta_media import upload
from chalicelib.channels.taming import id_of
from chalicelib.errors import ChannelRefused


def line(settings: AccountSettings, secrets: Secrets, http: Http) -> Graph:
    """To the address that belongs to how this account was opened."""
    host = "facebook" if is_linked_to_page(settings) else None
    return Graph(codes=CODES, settings=settings, secrets=secrets, http=http, host=host)


def is_linked_to_page(settings: AccountSettings) -> bool:
    """Whether it was opened with Facebook login."""
    return settings.settings.get("login") == "facebook"


def sender_of(settings: AccountSettings) -> str:
    """Whose messages they are: the account's, or those of the page that it is linked to."""
    return settings.settings.get("page_id") or settings.account


def send(graph: Graph, outgoing: Outgoing) -> Sent:
    """One answer. Raises the ``ChannelError`` family."""
    must_fit(outgoing, RULES, graph.codes)
    elsewhere = outgoing.thread is not None and outgoing.thread.startswith(ELSEWHERE)
    if outgoing.privately and elsewhere:
        reason = "op Instagram kan een vermelding bij een ander niet privé worden beantwoord"
        raise ChannelRefused(NAME, "elsewhere", reason)
    if outgoing.thread is None or outgoing.privately:
        return message(graph, outgoing)
    return answer_mention(graph, outgoing) if elsewhere else comment(graph, outgoing)


def message(graph: Graph, outgoing: Outgoing) -> Sent:
    """To the citizen alone: a text, or a file that is brought first."""
    sender, said = sender_of(graph.settings), {}
    if outgoing.files:
        (file,) = outgoing.files
        said = upload(graph, sender, file)
    return send_message(graph, sender, outgoing, **said)


def comment(graph: Graph, outgoing: Outgoing) -> Sent:
    """Under the citizen's comment, for everybody."""
    answered = must_name_what_it_answers(outgoing, graph.codes)
    answer = graph.post(answered, "replies", {"message": outgoing.text})
    return sent(id_of(answer.json(), "id"), graph.codes)


def answer_mention(graph: Graph, outgoing: Outgoing) -> Sent:
    """Under somebody else's media, where we were named in its caption or in a comment."""
    media = (outgoing.thread or "").removeprefix(ELSEWHERE)
    answered = must_name_what_it_answers(outgoing, graph.codes)
    where = {"media_id": media} | ({"comment_id": answered} if answered != media else {})
    body = {**where, "message": outgoing.text}
    answer = graph.post(graph.settings.account, "mentions", body)
    return sent(id_of(answer.json(), "id"), graph.codes)
