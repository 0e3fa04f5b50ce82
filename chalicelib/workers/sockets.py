"""Sockets of open pages come in here. No logic."""

from typing import Any

from chalicelib import wiring
from chalicelib.errors import NotSignedIn
from chalicelib.flows.colleagues.sockets import connect


def on_connect(event: dict[str, Any]) -> dict[str, int]:
    """A page opens a socket with its ticket; without a good one it is refused."""
    ticket = (event.get("queryStringParameters") or {}).get("ticket", "")
    try:
        connect(wiring.services(), ticket, event["requestContext"]["connectionId"])
    except NotSignedIn:
        return {"statusCode": 403}
    return {"statusCode": 200}
