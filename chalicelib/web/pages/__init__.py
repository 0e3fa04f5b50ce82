"""The screens. Importing the modules puts their routes on the one blueprint."""

from chalicelib.web.pages import (
    answering,
    citizen,
    conversation,
    operating,
    queue,
    static,
    working,
)
from chalicelib.web.pages.blueprint import pages

__all__ = [
    "answering",
    "citizen",
    "conversation",
    "operating",
    "pages",
    "queue",
    "static",
    "working",
]
