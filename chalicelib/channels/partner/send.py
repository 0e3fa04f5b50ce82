"""Answers to a partner are read by a link to our own page, so sending is accepting."""

from chalicelib.channels.contract import Outgoing, Sent


def send(outgoing: Outgoing) -> Sent:
    """Our page shows what is stored; our own id is the only one there is."""
    return Sent(external_id=outgoing.reply_id)
