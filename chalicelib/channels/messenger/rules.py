"""What Messenger allows, known before sending: the same page, so the same rules but for posts."""

from dataclasses import replace

from chalicelib.channels.facebook.rules import RULES as OF_A_PAGE

NAME = "messenger"

RULES = replace(OF_A_PAGE, posts=False)
"""A page publishes under its own name, as ``facebook``."""
