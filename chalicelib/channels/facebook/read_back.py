"""What was not delivered about a page, read afterwards (channels.md 5.1 and 6)."""

from datetime import datetime

from chalicelib.channels import meta_read_back
from chalicelib.channels.meta_graph import Graph
from chalicelib.channels.meta_read_back import Edge
from chalicelib.channels.offers import PolledPage

COMMENTS = (
    "feed?fields=id,comments.filter(stream).order(reverse_chronological).limit(100)"
    "{id,from,message,created_time,parent,attachment}&limit=25"
)
"""Of our posts, the newest first; also an old one may have new comments."""


def read_back(graph: Graph, cursor: str | None, since: datetime) -> PolledPage:
    """A page of private messages, then of comments. Raises the ``ChannelError`` family."""
    page = graph.settings.account
    edges = (
        meta_read_back.conversations(page, "messenger"),
        Edge(node=page, question=COMMENTS, inside="comments"),
    )
    return meta_read_back.read_page(graph, edges, cursor, since)
