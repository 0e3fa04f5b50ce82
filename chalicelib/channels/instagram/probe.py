"""Whether our access to Instagram is well, and asking for deliveries again (channels.md 7)."""

from chalicelib.channels import meta_probe
from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.facebook.probe import FIELDS as OF_A_PAGE
from chalicelib.channels.http import Http
from chalicelib.channels.instagram.send import is_linked_to_page, line, sender_of
from chalicelib.channels.moments import iso_of
from chalicelib.channels.offers import TOKEN_UNTIL, Probed

FIELDS = (
    *("messages", "messaging_postbacks", "message_reactions", "messaging_seen", "message_edit"),
    *("standby", "comments", "live_comments", "mentions"),
)
"""What we ask Meta to deliver about an account."""


def probe(settings: AccountSettings, secrets: Secrets, http: Http) -> Probed:
    """Instagram's own address tells nothing of a key; that it answers shows that it is good.

    When it ends is known from when we renewed it.
    """
    graph = _graph(settings, secrets, http)
    if is_linked_to_page(settings):
        return meta_probe.probe(graph, http)
    subscribed = meta_probe.is_subscribed(graph, http, None)
    return Probed(subscribed=subscribed, token_until=iso_of(secrets.current, TOKEN_UNTIL))


def subscribe(settings: AccountSettings, secrets: Secrets, http: Http) -> None:
    """Ask for deliveries about this account, or the page that it is linked to."""
    meta_probe.subscribe(_graph(settings, secrets, http), http)


def _graph(settings: AccountSettings, secrets: Secrets, http: Http) -> meta_probe.Graph:
    fields = OF_A_PAGE if is_linked_to_page(settings) else FIELDS
    return line(settings, secrets, http).watched(sender_of(settings), fields)
