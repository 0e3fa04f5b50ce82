"""One request to YouTube, as our channel or, to read only, with the key of our project.

Google lends a token for an hour against our refresh token; it is kept so long by this process. A
token that YouTube does not take is dropped, so that the next try begins with a new one.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.kept_tokens import KeptTokens, Token, whose
from chalicelib.channels.taming import number_of, text_of
from chalicelib.channels.youtube.errors import error_of
from chalicelib.channels.youtube.rules import NAME
from chalicelib.errors import ChannelAccessLost, ChannelUnavailable, OutcomeUnknown

SIGN_IN = {"https://youtube.googleapis.com": "https://oauth2.googleapis.com"}
"""Google hands out tokens elsewhere than it takes them; a fake does both in one place."""

EARLY = 300.0
"""Seconds before its end that a token is used no more."""

OAUTH = ("client_id", "client_secret", "refresh_token")

_KEPT = KeptTokens()


def ask(
    method: str,
    path: str,
    query: Mapping[str, str],
    *,
    settings: AccountSettings,
    secrets: Secrets,
    http: Http,
    body: Mapping[str, Any] | None = None,
) -> Answer:
    """What YouTube answered, when it did what was asked. Raises the ``ChannelError`` family."""
    headers = _identity(method, settings, secrets, http)
    address = f"/youtube/v3/{path}?{urlencode(query, safe=',')}"
    answer = http.request(NAME, method, address, headers=headers, body=body)
    if answer.status == 401:  # noqa: PLR2004 unauthorized
        _KEPT.drop(_who(settings, secrets, http))
    if not 200 <= answer.status < 300:  # noqa: PLR2004
        raise error_of(answer)
    return answer


def _identity(
    method: str, settings: AccountSettings, secrets: Secrets, http: Http
) -> dict[str, str]:
    """The header that says who asks. Never in the address: addresses are logged."""
    known = secrets.current
    if all(known.get(name) for name in OAUTH):
        token = _KEPT.find(_who(settings, secrets, http)) or _lent(settings, secrets, http)
        return {"Authorization": f"Bearer {token.access}"}
    if method == "GET" and known.get("api_key"):
        return {"X-Goog-Api-Key": known["api_key"]}
    raise ChannelAccessLost(NAME, "no-token", "voor dit account is geen sleutel ingesteld")


def _lent(settings: AccountSettings, secrets: Secrets, http: Http) -> Token:
    """A token for an hour. Nothing of a citizen's goes out here, so silence is no harm."""
    fields = {name: secrets.current[name] for name in OAUTH} | {"grant_type": "refresh_token"}
    base = http.base_urls[NAME]
    there = replace(http, base_urls={NAME: SIGN_IN.get(base, base)})
    try:
        answer = there.request(NAME, "POST", "/token", fields=fields)
    except OutcomeUnknown as error:
        raise ChannelUnavailable(NAME, error.code, error.reason) from error
    said = answer.json()
    if answer.status in (400, 401):
        reason = "onze toegang tot YouTube is verlopen of ingetrokken"
        raise ChannelAccessLost(NAME, text_of(said, "error") or "sign-in", reason)
    access = text_of(said, "access_token")
    if not access:
        raise ChannelUnavailable(NAME, "no-token-lent", "Google gaf geen sleutel")
    until = time.monotonic() + (number_of(said, "expires_in") or 0) - EARLY
    return _KEPT.keep(_who(settings, secrets, http), Token(access=access, until=until))


def _who(settings: AccountSettings, secrets: Secrets, http: Http) -> tuple[str, ...]:
    parts = (secrets.current.get(name, "") for name in OAUTH)
    return whose(http.base_urls[NAME], settings.account, *parts)
