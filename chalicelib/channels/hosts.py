"""Platforms that are many servers: each account says on which one it lives.

Their address in the settings holds ``{host}``; a fake platform on loopback has no such place, and
so gets everything.
"""

import re
from dataclasses import replace

from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.http import Http
from chalicelib.errors import ChannelAccessLost

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)


def at_home(channel: str, settings: AccountSettings, http: Http, otherwise: str = "") -> Http:
    """``http`` for the server in the account's setting ``host``, or else ``otherwise``.

    Raises ``ChannelAccessLost`` when neither names a server.
    """
    base = http.base_urls[channel]
    if "{host}" not in base:
        return http
    host = settings.settings.get("host") or otherwise
    if not _HOST.fullmatch(host):
        raise ChannelAccessLost(channel, "no-host", "voor dit account is geen server ingesteld")
    return replace(http, base_urls={**http.base_urls, channel: base.replace("{host}", host)})
