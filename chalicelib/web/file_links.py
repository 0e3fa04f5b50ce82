"""Addresses of files on a page: signed for the session that asked, and for an hour or two.

The address alone opens nothing: the session and its permission are asked for as well. The
signature keeps an address that got out, in a log or a message, from working for anybody else.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from urllib.parse import quote

from chalice.app import Request

from chalicelib.errors import NotAllowed
from chalicelib.web.sessions import COOKIE, bearer, cookie

HOLDS = timedelta(hours=1)
"""At least so long: whole hours, so that a page that refreshes keeps its addresses."""


def secret_of(request: Request) -> str:
    """What the reader's signatures are made with: nobody else has it, and it ends with them."""
    return bearer(request) or cookie(request, COOKIE)


def address(secret: str, now: datetime, subject: str, file: str, **query: str) -> str:
    """Where this reader finds the file."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    until = str(int((hour + timedelta(hours=1) + HOLDS).timestamp()))
    key = f"{until}.{signature(secret, subject, file, until)}"
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return f"/gesprek/{quote(subject, safe='')}/bestand/{file}?k={key}{more}"


def must_be_signed(request: Request, now: datetime, subject: str, file: str, key: str) -> None:
    """Raises ``NotAllowed`` for an address of another session, or of hours ago."""
    until, _, given = key.partition(".")
    expected = signature(secret_of(request), subject, file, until)
    same = hmac.compare_digest(given.encode(), expected.encode())
    if not same or not until.isdigit() or int(until) < now.timestamp():
        raise NotAllowed("this address of a file does not hold any more")


def signature(secret: str, subject: str, file: str, until: str) -> str:
    words = "\x1f".join((subject, file, until))
    return hmac.new(secret.encode(), words.encode(), hashlib.sha256).hexdigest()[:32]
