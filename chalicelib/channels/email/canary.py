"""Our own canary: a mail to our mailbox from another address of ours (setting ``canary_from``)."""

from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.email.letter import write_from
from chalicelib.channels.email.rules import NAME
from chalicelib.channels.http import Http
from chalicelib.errors import ChannelRefused

SUBJECT = "Proefbericht"


def send_canary(text: str, settings: AccountSettings, http: Http) -> None:
    """Raises the ``ChannelError`` family, also while no second address is set."""
    sender = settings.settings.get("canary_from", "")
    if not sender:
        raise ChannelRefused(NAME, "no-sender", "er is geen tweede adres ingesteld (canary_from)")
    write_from(sender, settings.account, SUBJECT, text, http)
