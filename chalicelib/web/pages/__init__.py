"""The screens. Importing the modules puts their routes on the one blueprint."""

from chalicelib.web.pages import (
    answering,
    casework,
    channels,
    citizen,
    conversation,
    correcting,
    dossier,
    dossier_doors,
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
    "casework",
    "channels",
    "citizen",
    "conversation",
    "correcting",
    "dossier",
    "dossier_doors",
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
