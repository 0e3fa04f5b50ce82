"""One request to our account's server (its PDS), which passes on what is for others."""

from collections.abc import Mapping
from typing import Any

from chalicelib.channels.bluesky.errors import SESSION_ENDED, error_of
from chalicelib.channels.bluesky.rules import NAME
from chalicelib.channels.bluesky.session import renewed, session_for
from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.hosts import at_home
from chalicelib.channels.http import Answer, File, Http
from chalicelib.channels.kept_tokens import Token
from chalicelib.channels.taming import text_of

ENTRANCE = "bsky.social"
PRIVATELY = {"atproto-proxy": "did:web:api.bsky.chat#bsky_chat"}
"""With this, our server hands the request to the service of private messages."""


def ask(
    method: str,
    path: str,
    *,
    settings: AccountSettings,
    secrets: Secrets,
    http: Http,
    headers: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
    file: File | None = None,
) -> Answer:
    """What was answered, when it was done. Raises the ``ChannelError`` family."""
    home = at_home(NAME, settings, http, otherwise=ENTRANCE)

    def once(session: Token) -> Answer:
        ours = {"Authorization": f"Bearer {session.access}", **(headers or {})}
        return home.request(NAME, method, f"/xrpc/{path}", headers=ours, body=body, file=file)

    session = session_for(settings, secrets, home)
    answer = once(session)
    if text_of(answer.json(), "error") in SESSION_ENDED:
        answer = once(renewed(session, settings, secrets, home))
    if not 200 <= answer.status < 300:  # noqa: PLR2004
        raise error_of(answer)
    return answer
