"""What goes out as a page: a comment for everybody, or a private message (channels.md 5.3, 6).

Messenger sends by the same functions, under its own name.
"""

from chalicelib.channels.contract import Outgoing, Sent
from chalicelib.channels.facebook.rules import RULES
from chalicelib.channels.meta_graph import (
    Graph,
    must_fit,
    must_name_what_it_answers,
    send_message,
    sent,
)
from chalicelib.channels.meta_media import upload
from chalicelib.channels.taming import id_of


def send(graph: Graph, outgoing: Outgoing) -> Sent:
    """One answer. Raises the ``ChannelError`` family."""
    must_fit(outgoing, RULES, graph.codes)
    if outgoing.post:
        return publish(graph, outgoing)
    if outgoing.thread and not outgoing.privately:
        return comment(graph, outgoing)
    page, said = graph.settings.account, {}
    if outgoing.files:
        (file,) = outgoing.files
        said = upload(graph, page, file)
    # Our id comes back in the echo: so we find our answer even when Graph's own gets lost.
    return send_message(graph, page, outgoing, metadata=outgoing.reply_id, **said)


def publish(graph: Graph, outgoing: Outgoing) -> Sent:
    """A post of the page itself (Graph: ``/{page}/feed``)."""
    answer = graph.post(graph.settings.account, "feed", {"message": outgoing.text})
    return sent(id_of(answer.json(), "id"), graph.codes)


def comment(graph: Graph, outgoing: Outgoing) -> Sent:
    """Under the citizen's comment or post, for everybody."""
    answered = must_name_what_it_answers(outgoing, graph.codes)
    answer = graph.post(answered, "comments", {"message": outgoing.text})
    return sent(id_of(answer.json(), "id"), graph.codes)
