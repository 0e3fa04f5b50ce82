"""What was not delivered about an Instagram account, read afterwards (channels.md 5.1 and 7)."""

from datetime import datetime

from chalicelib.channels import meta_read_back
from chalicelib.channels.instagram.send import sender_of
from chalicelib.channels.meta_graph import Graph
from chalicelib.channels.meta_read_back import Edge
from chalicelib.channels.offers import PolledPage

COMMENTS = "media?fields=id,comments.limit(50){id,from,text,timestamp,parent_id}&limit=25"
"""Of our media, the newest first; also old ones may have new comments."""


def read_back(graph: Graph, cursor: str | None, since: datetime) -> PolledPage:
    """A page of private messages, then of comments. Raises the ``ChannelError`` family."""
    edges = (
        meta_read_back.conversations(sender_of(graph.settings), "instagram"),
        Edge(node=graph.settings.account, question=COMMENTS, inside="comments"),
    )
    return meta_read_back.read_page(graph, edges, cursor, since)
