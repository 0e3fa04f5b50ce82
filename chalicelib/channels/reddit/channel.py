"""Reddit. Off: its terms forbid use for law enforcement (channels.md 1). Only by a contract."""

from chalicelib.channels.listened import DeliversNothing
from chalicelib.channels.reddit.parse import parse
from chalicelib.channels.reddit.poll import EVERY, fetch, search, streams
from chalicelib.channels.reddit.rules import NAME, RULES
from chalicelib.channels.reddit.send import mark_read, send


class Reddit(DeliversNothing):
    """See ``contract.Channel`` and ``offers.Searches``."""

    name = NAME
    title = "Reddit"
    rules = RULES
    search_every = EVERY
    search_priced = False

    parse = staticmethod(parse)
    send = staticmethod(send)
    mark_read = staticmethod(mark_read)
    streams = staticmethod(streams)
    fetch = staticmethod(fetch)
    search = staticmethod(search)
