"""Messenger's refusals: the table that Meta's three share."""

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from tests.channels.graph_refusals import REFUSALS
from tests.channels.refusals import Sending

__all__ = ["REFUSALS", "SENDING"]

SENDING = Sending(
    outgoing=Outgoing(reply_id="reply-1", to="6100000000000007", text="Ja, tot vijf uur."),
    account=AccountSettings(account="330000000000001"),
    secrets=Secrets(current={"access_token": "een-sleutel"}),
)
