"""Messenger: private messages to a page. Off until approved: channels.md 1.

The page is Facebook's, and so is its address, which brings comments along: what is delivered here
is read by ``facebook/parse.py``, and answers go out by ``facebook/send.py``.
"""

from chalicelib.channels.facebook.channel import Facebook
from chalicelib.channels.messenger.errors import CODES
from chalicelib.channels.messenger.rules import NAME, RULES


class Messenger(Facebook):
    """See ``Facebook``."""

    name = NAME
    rules = RULES
    codes = CODES
