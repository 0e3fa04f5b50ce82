"""What goes out as a page: a comment for everybody, or a private message (channels.md 5.3, 6).

Messenger sends by the same functions, under its own name.
"""

from chalicelib.channels.contract import Outgoing, Sent
from chalicelib.channels.facebook.rules import RULES
from chalicelib.channels.meta_graph import (
    Graph,
    accepted,
    must_fit,
    must_name_what_it_answers,
    send_message,
)
from chalicelib.channels.taming import id_of

FIELDS = (
    *("messages", "messaging_postbacks", "message_reactions", "message_edits", "message_echoes"),
    *("message_deliveries", "message_reads", "standby", "feed", "mention", "ratings"),
)
"""What we ask Meta to deliver about a page."""


def send(graph: Graph, outgoing: Outgoing) -> Sent:
    """One answer. Raises the ``ChannelError`` family."""
    must_fit(outgoing, RULES, graph.codes)
    if outgoing.thread and not outgoing.privately:
        return comment(graph, outgoing)
    # Our id comes back in the echo: so we find our answer even when Graph's own gets lost.
    return send_message(graph, graph.settings.account, outgoing, metadata=outgoing.reply_id)


def comment(graph: Graph, outgoing: Outgoing) -> Sent:
    """Under the citizen's comment or post, for everybody."""
    answered = must_name_what_it_answers(outgoing, graph.codes)
    answer = graph.post(answered, "comments", body={"message": outgoing.text})
    return accepted(id_of(answer.json(), "id"), graph.codes)
