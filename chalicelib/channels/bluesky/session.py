"""Our session on Bluesky (channels.md 12): signed in once with the app password, then renewed.

A sign-in counts (30 in five minutes, 300 a day), so a session is kept as long as this process
lives. The access token lasts about two hours; the refresh token gets the next pair.
"""

from typing import Any

from chalicelib.channels.bluesky.errors import error_of
from chalicelib.channels.bluesky.rules import NAME
from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.kept_tokens import KeptTokens, Token, whose
from chalicelib.channels.taming import text_of
from chalicelib.errors import ChannelAccessLost, ChannelUnavailable, OutcomeUnknown

SIGN_IN = "/xrpc/com.atproto.server.createSession"
RENEW = "/xrpc/com.atproto.server.refreshSession"

_KEPT = KeptTokens()


def session_for(settings: AccountSettings, secrets: Secrets, http: Http) -> Token:
    """The session that we have, or a new one. Raises the ``ChannelError`` family."""
    return _KEPT.find(_who(settings, secrets, http)) or _signed_in(settings, secrets, http)


def renewed(ended: Token, settings: AccountSettings, secrets: Secrets, http: Http) -> Token:
    """The session after one whose access token ended. Raises the ``ChannelError`` family."""
    who = _who(settings, secrets, http)
    known = _KEPT.find(who)
    if known and known.access != ended.access:
        return known  # somebody else renewed it meanwhile
    try:
        headers = {"Authorization": f"Bearer {ended.refresh}"}
        return _KEPT.keep(who, _asked(RENEW, None, headers, http))
    except ChannelAccessLost:
        _KEPT.drop(who)
        return _signed_in(settings, secrets, http)


def _signed_in(settings: AccountSettings, secrets: Secrets, http: Http) -> Token:
    password = _password(secrets)
    name = settings.settings.get("handle") or settings.account
    body = {"identifier": name, "password": password}
    return _KEPT.keep(_who(settings, secrets, http), _asked(SIGN_IN, body, {}, http))


def _asked(path: str, body: dict[str, Any] | None, headers: dict[str, str], http: Http) -> Token:
    """A session from the platform. Nothing of a citizen's goes out here, so silence is no harm."""
    try:
        answer = http.request(NAME, "POST", path, headers=headers, body=body)
    except OutcomeUnknown as error:
        raise ChannelUnavailable(NAME, error.code, error.reason) from error
    if not 200 <= answer.status < 300:  # noqa: PLR2004
        raise error_of(answer)
    return _token_in(answer)


def _token_in(answer: Answer) -> Token:
    session = answer.json()
    if session.get("active") is False:
        state = text_of(session, "status") or "inactive"
        raise ChannelAccessLost(NAME, state, "ons account op Bluesky staat niet open")
    access, refresh = text_of(session, "accessJwt"), text_of(session, "refreshJwt")
    if not access or not refresh:
        raise ChannelUnavailable(NAME, "no-session", "Bluesky gaf geen sessie")
    return Token(access=access, refresh=refresh)


def _who(settings: AccountSettings, secrets: Secrets, http: Http) -> tuple[str, ...]:
    return whose(http.base_urls[NAME], settings.account, _password(secrets))


def _password(secrets: Secrets) -> str:
    passwords = secrets.all("app_password")
    if not passwords:
        raise ChannelAccessLost(NAME, "no-token", "voor dit account is geen sleutel ingesteld")
    return passwords[0]
