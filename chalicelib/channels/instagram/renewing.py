"""Keys of Instagram login end after 60 days; one that is a day old can be renewed (channels.md 7).

The old key stays good, so what goes wrong is tried again. Accounts that are linked to a page bear
the page's key, which does not end by time.
"""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.instagram.rules import NAME
from chalicelib.channels.instagram.send import is_linked_to_page, line
from chalicelib.channels.offers import Renewal, Renewed
from chalicelib.channels.taming import number_of, text_of
from chalicelib.errors import ChannelUnavailable, OutcomeUnknown

PATH = "/refresh_access_token?grant_type=ig_refresh_token&access_token="
USUAL_LIFE = timedelta(days=60)

RENEWAL = Renewal(before=timedelta(days=30), pause=timedelta(hours=1))
"""Halfway its life, so that a month is left in which somebody can see that it fails."""


def renews(settings: AccountSettings, secrets: Secrets) -> bool:
    """Whether this account bears a key that ends."""
    return bool(secrets.current.get("access_token")) and not is_linked_to_page(settings)


def renew(settings: AccountSettings, secrets: Secrets, http: Http) -> Renewed:
    """The same access for another 60 days. Raises the ``ChannelError`` family."""
    graph = line(settings, secrets, http)
    try:
        answer = graph.accepted(http.request(NAME, "GET", PATH + quote(graph.token(), safe="")))
    except OutcomeUnknown as error:
        raise ChannelUnavailable(NAME, error.code, error.reason) from error
    said = answer.json()
    token, seconds = text_of(said, "access_token"), number_of(said, "expires_in")
    if not token:
        raise ChannelUnavailable(NAME, "no-token", "Instagram vernieuwde zonder nieuwe sleutel")
    life = USUAL_LIFE if seconds is None else timedelta(seconds=seconds)
    return Renewed(changed={"access_token": token}, until=datetime.now(UTC) + life)
