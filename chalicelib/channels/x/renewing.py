"""X's OAuth 2 tokens end after two hours; each refresh token is good for one renewal (8.7).

Accounts that sign with OAuth 1.0a have no refresh token, and nothing ends.
"""

import base64
from datetime import UTC, datetime, timedelta

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.offers import Renewal, Renewed
from chalicelib.channels.taming import number_of, text_of
from chalicelib.channels.x.errors import error_of
from chalicelib.channels.x.rules import NAME
from chalicelib.errors import ChannelAccessLost, OutcomeUnknown

PATH = "/2/oauth2/token"
USUAL_LIFE = timedelta(hours=2)
RENEWAL = Renewal(before=timedelta(minutes=30), pause=timedelta(minutes=2))
"""In time for a platform that is away for a while."""

REFUSED = "X vernieuwt onze toegang niet: het account moet opnieuw gekoppeld worden"


def renews(secrets: Secrets) -> bool:
    """Whether this account bears a token that ends."""
    return bool(secrets.current.get("refresh_token")) and bool(secrets.current.get("client_id"))


def renew(settings: AccountSettings, secrets: Secrets, http: Http) -> Renewed:
    """The next pair of tokens. Raises the ``ChannelError`` family."""
    del settings
    known = secrets.current
    fields = {"grant_type": "refresh_token", "refresh_token": known.get("refresh_token", "")}
    answer = http.request(
        NAME,
        "POST",
        PATH,
        headers=as_client(known.get("client_id", ""), known.get("client_secret", "")),
        fields=fields | {"client_id": known.get("client_id", "")},
    )
    said = answer.json()
    if answer.status in (400, 401) and "error" in said:
        raise ChannelAccessLost(NAME, text_of(said, "error")[:40] or "renewal", REFUSED)
    if not 200 <= answer.status < 300:  # noqa: PLR2004
        raise error_of(answer)
    access, refresh = text_of(said, "access_token"), text_of(said, "refresh_token")
    if not access:
        raise OutcomeUnknown(NAME, "no-token", "X vernieuwde zonder nieuwe sleutel")
    seconds = number_of(said, "expires_in")
    life = USUAL_LIFE if seconds is None else timedelta(seconds=seconds)
    changed = {"access_token": access} | ({"refresh_token": refresh} if refresh else {})
    return Renewed(changed=changed, until=datetime.now(UTC) + life)


def as_client(id: str, secret: str) -> dict[str, str]:
    """A confidential client says its secret; a public one has none to say."""
    if not secret:
        return {}
    said = base64.b64encode(f"{id}:{secret}".encode()).decode()
    return {"Authorization": f"Basic {said}"}
