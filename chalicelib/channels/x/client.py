"""tweepy's client on our own session. Imported only when X is really spoken to.

tweepy knows one host and can neither set a time-out nor leave a refusal to us; the session does.
It signs with OAuth 1.0a when the account has a token secret (such tokens do not expire), and
otherwise bears its OAuth 2 token.
"""

import logging
from typing import Any

from tweepy import Client, OAuth1UserHandler  # type: ignore[import-untyped]

from chalicelib.channels.contract import Secrets
from chalicelib.channels.http import File, Http
from chalicelib.channels.library import LibrarySession
from chalicelib.channels.x.errors import error_of
from chalicelib.channels.x.rules import NAME
from chalicelib.errors import ChannelAccessLost

TWEEPY_HOST = "https://api.twitter.com"

for _name in ("tweepy", "oauthlib", "requests_oauthlib"):
    # Their debug lines show all headers, and one of them is our token.
    logging.getLogger(_name).setLevel(logging.INFO)


def client_for(secrets: Secrets, http: Http) -> tuple[Any, dict[str, bool]]:
    """The client, and what to hand to every call so that it signs as this account can."""
    import requests  # noqa: PLC0415  only with the client

    tokens = secrets.all("access_token")
    if not tokens:
        raise ChannelAccessLost(NAME, "no-token", "voor dit account is geen sleutel ingesteld")
    signs = "access_token_secret" in secrets.current
    client = Client(
        bearer_token=tokens[0],
        consumer_key=secrets.current.get("consumer_key"),
        consumer_secret=secrets.current.get("consumer_secret"),
        access_token=tokens[0] if signs else None,
        access_token_secret=secrets.current.get("access_token_secret"),
        return_type=requests.Response,
        wait_on_rate_limit=False,
    )
    client.session = LibrarySession(NAME, http, error_of, instead_of=TWEEPY_HOST)
    return client, {"user_auth": signs}


def send_form(
    client: Any, how: dict[str, bool], path: str, form: dict[str, str], file: File
) -> None:
    """A form with a file (``media``), which tweepy's client cannot send; signed as it would."""
    bears = {"Authorization": f"Bearer {client.bearer_token}"}
    keys = (client.consumer_key, client.consumer_secret)
    tokens = (client.access_token, client.access_token_secret)
    signs = how["user_auth"]
    client.session.request(
        "POST",
        TWEEPY_HOST + path,
        data=form,
        files={"media": file},
        headers={} if signs else bears,
        auth=OAuth1UserHandler(*keys, *tokens).apply_auth() if signs else None,
    )
