"""Reddit. Off: its terms forbid use for law enforcement (channels.md 1). Only by a contract."""

from chalicelib.channels.contract import (
    AccountSettings,
    Outgoing,
    PolledPage,
    Raw,
    Secrets,
    Sent,
    Stream,
)
from chalicelib.channels.http import Http
from chalicelib.channels.listened import DeliversNothing
from chalicelib.channels.reddit.parse import parse
from chalicelib.channels.reddit.poll import EVERY, fetch, search, streams
from chalicelib.channels.reddit.rules import NAME, RULES
from chalicelib.channels.reddit.send import mark_read, send
from chalicelib.domain.message import Parsed


class Reddit(DeliversNothing):
    """See ``contract.Channel`` and ``contract.Searches``."""

    name = NAME
    title = "Reddit"
    rules = RULES
    search_every = EVERY
    search_priced = False

    def parse(self, raw: Raw, settings: AccountSettings) -> Parsed:
        return parse(raw, settings)

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        return send(outgoing, settings, secrets, http)

    def mark_read(
        self, external_id: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        mark_read(external_id, settings, secrets, http)

    def streams(self, settings: AccountSettings) -> tuple[Stream, ...]:
        return streams(settings)

    def fetch(
        self,
        stream: str,
        cursor: str | None,
        settings: AccountSettings,
        secrets: Secrets,
        http: Http,
    ) -> PolledPage:
        return fetch(stream, cursor, settings, secrets, http)

    def search(
        self,
        query: str,
        cursor: str | None,
        settings: AccountSettings,
        secrets: Secrets,
        http: Http,
    ) -> PolledPage:
        return search(query, cursor, settings, secrets, http)
