"""praw on our own session. Imported only when Reddit is really spoken to.

A new client for each call, with a token of its own: it then has nothing to wait for, and a token
that Reddit no longer takes is renewed by itself. praw's own repeats and pauses never come about,
since the session raises our errors before praw can look at a refusal.
"""

from typing import Any

import praw
from prawcore.exceptions import OAuthException, PrawcoreException, RequestException

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.library import LibrarySession
from chalicelib.channels.reddit.errors import access_lost, error_of
from chalicelib.channels.reddit.rules import NAME
from chalicelib.errors import ChannelAccessLost, ChannelError, OutcomeUnknown

SIGN_IN = {"https://oauth.reddit.com": "https://www.reddit.com"}
"""Reddit hands out tokens elsewhere than it takes them; a fake does both in one place."""

DESCRIPTION = "python:nabij-webcare:0.1 (by /u/{name})"


def ask(
    method: str,
    path: str,
    fields: dict[str, Any],
    *,
    settings: AccountSettings,
    secrets: Secrets,
    http: Http,
) -> Answer:
    """One request in our account's name. Raises the ``ChannelError`` family."""
    session = LibrarySession(NAME, http, error_of)
    reddit = client_on(session, settings, secrets, http)
    asked = {"params" if method == "GET" else "data": fields}
    try:
        reddit.request(method=method, path=path, **asked)
    except RequestException as error:  # praw wraps whatever a session raises
        cause = error.original_exception
        raise cause if isinstance(cause, ChannelError) else error from None
    except OAuthException as error:
        raise access_lost(error.error) from error
    except PrawcoreException as error:
        raise OutcomeUnknown(NAME, type(error).__name__, "onleesbaar antwoord") from error
    return session.last


def client_on(
    session: LibrarySession, settings: AccountSettings, secrets: Secrets, http: Http
) -> praw.Reddit:
    """A client for this account. Raises ``ChannelAccessLost`` without credentials."""
    known = secrets.current
    if not known.get("client_id") or not known.get("client_secret"):
        raise ChannelAccessLost(NAME, "no-token", "voor dit account is geen sleutel ingesteld")
    base = http.base_urls[NAME]
    name = settings.settings.get("own_name") or settings.account
    who: dict[str, Any] = {"refresh_token": known.get("refresh_token")}
    if not who["refresh_token"]:
        who = {"username": name, "password": known.get("password", "")}
    return praw.Reddit(
        client_id=known["client_id"],
        client_secret=known["client_secret"],
        user_agent=DESCRIPTION.format(name=name),
        oauth_url=f"{base}/",  # praw joins paths as addresses are joined
        reddit_url=SIGN_IN.get(base, base),
        check_for_updates=False,
        ratelimit_seconds=0,
        requestor_kwargs={"session": session},
        **who,
    )
