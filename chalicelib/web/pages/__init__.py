"""The screens. Importing the modules puts their routes on the one blueprint."""

from chalicelib.web.pages import (
    answering,
    channels,
    citizen,
    conversation,
    correcting,
    files,
    operating,
    overseeing,
    passing_on,
    queue,
    sampling,
    static,
    templating,
    working,
)
from chalicelib.web.pages.blueprint import pages

__all__ = [
    "answering",
    "channels",
    "citizen",
    "conversation",
    "correcting",
    "files",
    "operating",
    "overseeing",
    "pages",
    "passing_on",
    "queue",
    "sampling",
    "static",
    "templating",
    "working",
]
