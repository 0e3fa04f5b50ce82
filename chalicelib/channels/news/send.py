"""Nothing goes out: there is nobody to answer."""

from chalicelib.channels.contract import Outgoing, Sent
from chalicelib.channels.news.rules import NAME
from chalicelib.errors import ChannelRefused


def send(outgoing: Outgoing) -> Sent:
    """Raises ``ChannelRefused``."""
    del outgoing
    raise ChannelRefused(NAME, "no-way", "een nieuwsbericht is niet te beantwoorden")
