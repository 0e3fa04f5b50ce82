"""Nothing is sent to a voice. An answer leaves by the way that the citizen gave, or not at all."""

from chalicelib.channels.contract import Outgoing, Sent
from chalicelib.channels.spoken.rules import NAME
from chalicelib.errors import ChannelRefused

REASON = "de inwoner gaf geen adres waar een antwoord heen kan"


def send(outgoing: Outgoing) -> Sent:
    """Raises ``ChannelRefused``, always: before this a way is chosen, or there is none."""
    raise ChannelRefused(NAME, "no-way", f"{REASON} ({outgoing.reply_id})")
