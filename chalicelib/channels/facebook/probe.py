"""Whether our access to a page is well, and asking for deliveries again (channels.md 5.1)."""

from chalicelib.channels import meta_probe
from chalicelib.channels.meta_graph import Graph
from chalicelib.channels.offers import Probed

FIELDS = (
    *("messages", "messaging_postbacks", "message_reactions", "message_edits", "message_echoes"),
    *("message_deliveries", "message_reads", "standby", "feed", "mention", "ratings"),
)
"""What we ask Meta to deliver about a page."""


def probe(graph: Graph) -> Probed:
    """Until when the key is good, and whether the page is delivered to us."""
    return meta_probe.probe(_watched(graph), graph.http)


def subscribe(graph: Graph) -> None:
    """Ask for deliveries about this page."""
    meta_probe.subscribe(_watched(graph), graph.http)


def _watched(graph: Graph) -> meta_probe.Graph:
    return graph.watched(graph.settings.account, FIELDS)
