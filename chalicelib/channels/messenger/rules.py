"""What Messenger allows, known before sending: the same page, so the same rules."""

from chalicelib.channels.facebook.rules import RULES

__all__ = ["NAME", "RULES"]

NAME = "messenger"
