"""One request to our own server, in our account's name."""

from collections.abc import Mapping
from typing import Any

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.hosts import at_home
from chalicelib.channels.http import Answer, File, Http
from chalicelib.channels.mastodon.errors import error_of
from chalicelib.channels.mastodon.rules import NAME
from chalicelib.errors import ChannelAccessLost


def ask(
    method: str,
    path: str,
    *,
    settings: AccountSettings,
    secrets: Secrets,
    http: Http,
    headers: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
    form: Mapping[str, str | File] | None = None,
) -> Answer:
    """What our server answered, when it did what was asked. Raises the ``ChannelError`` family."""
    tokens = secrets.all("access_token")
    if not tokens:
        raise ChannelAccessLost(NAME, "no-token", "voor dit account is geen sleutel ingesteld")
    home = at_home(NAME, settings, http)
    ours = {"Authorization": f"Bearer {tokens[0]}", **(headers or {})}
    answer = home.request(NAME, method, path, headers=ours, body=body, form=form)
    if not 200 <= answer.status < 300:  # noqa: PLR2004
        raise error_of(answer)
    return answer
