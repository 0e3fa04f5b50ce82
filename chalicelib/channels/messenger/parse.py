"""PURE: a page has one address, which brings private messages and what is public alike."""

from chalicelib.channels.facebook.parse import parse

__all__ = ["parse"]
