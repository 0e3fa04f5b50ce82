"""Whether WhatsApp takes our key and delivers to us.

Deliveries are subscribed to by the business account (``business_account`` in the settings); without
that setting its subscription is not looked at.
"""

from chalicelib.channels import meta_probe
from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.meta_probe import Graph
from chalicelib.channels.offers import Probed
from chalicelib.channels.whatsapp.account import accepted, authorization, version_path
from chalicelib.channels.whatsapp.rules import NAME


def probe(settings: AccountSettings, secrets: Secrets, http: Http) -> Probed:
    """Raises the ``ChannelError`` family."""
    return meta_probe.probe(graph_of(settings, secrets), http)


def subscribe(settings: AccountSettings, secrets: Secrets, http: Http) -> None:
    """Raises the ``ChannelError`` family."""
    meta_probe.subscribe(graph_of(settings, secrets), http)


def graph_of(settings: AccountSettings, secrets: Secrets) -> Graph:
    return Graph(
        channel=NAME,
        version=version_path(settings),
        token=authorization(secrets)["Authorization"].removeprefix("Bearer "),
        accepted=accepted,
        subscriber=settings.settings.get("business_account") or None,
    )
