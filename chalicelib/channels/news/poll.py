"""Reading a feed: what is new in it and holds the words of a search.

    cursor {"etag", "known"}    what the site called this version, and the ids that were read

The account's settings say where: ``host`` and ``feed`` (the path). A feed that did not change is
answered with 304 and costs the site nothing.
"""

import hashlib
import json
from datetime import timedelta
from typing import Any

from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.hosts import at_home
from chalicelib.channels.http import Http
from chalicelib.channels.news.errors import error_of
from chalicelib.channels.news.parse import FOR, entries_in, gather, id_in, read_feed
from chalicelib.channels.news.rules import NAME
from chalicelib.channels.offers import PolledPage, Stream
from chalicelib.errors import BadPayload, ChannelUnavailable

EVERY = timedelta(minutes=5)
REMEMBERED = 400
NOT_CHANGED = 304


def streams(settings: AccountSettings) -> tuple[Stream, ...]:
    """A feed is read only for a search."""
    del settings
    return ()


def search(query: str, cursor: str | None, settings: AccountSettings, http: Http) -> PolledPage:
    """The feed, when something new in it holds these words. Raises the ``ChannelError`` family."""
    place: dict[str, Any] = json.loads(cursor or "{}")
    path = "/" + settings.settings.get("feed", "").lstrip("/")
    known = {"If-None-Match": place["etag"]} if place.get("etag") else {}
    answer = at_home(NAME, settings, http).request(NAME, "GET", path, headers=known)
    if answer.status == NOT_CHANGED:
        return PolledPage(body=b"", request="", items=0, cursor=json.dumps(place))
    if not 200 <= answer.status < 300:  # noqa: PLR2004
        raise error_of(answer)
    ids, new = found_in(answer.body, query, set(place.get("known", [])))
    after = {
        "etag": answer.headers.get("etag", ""),
        "known": list(dict.fromkeys([*ids, *place.get("known", [])]))[:REMEMBERED],
    }
    return PolledPage(
        body=answer.body,
        request=f"GET {path}{FOR}{query}",
        items=new,
        cursor=json.dumps(after),
    )


def found_in(body: bytes, query: str, known: set[str]) -> tuple[list[str], int]:
    """The ids in a feed, short, and how many new ones hold the words."""
    try:
        entries = entries_in(read_feed(body))
    except BadPayload as error:
        raise ChannelUnavailable(NAME, "no-feed", "de site gaf een onleesbare feed") from error
    found, ids = Gathering(), []
    for entry in entries:
        id_ = hashlib.sha256(id_in(entry).encode()).hexdigest()[:12]
        ids.append(id_)
        if id_ not in known:
            gather(entry, query, "", found)
    return ids, len(found.parsed().messages)
