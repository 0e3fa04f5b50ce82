"""Where the page of a piece of work is."""

from urllib.parse import quote

from chalicelib.domain.incident import is_incident


def address_of(subject: str) -> str:
    """The page of a conversation or an incident."""
    kind = "incident" if is_incident(subject) else "gesprek"
    return f"/{kind}/{quote(subject, safe='')}"
