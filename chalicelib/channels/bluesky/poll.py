"""Reading Bluesky page by page (channels.md 12).

    mentions   who names, answers or quotes us: newest first, until something older than we have
    search     public posts with some words: likewise
    private    what happened in private messages, oldest first; only with ``private`` in the
               settings, since it asks for another kind of app password

    cursor {"since"}                      the newest moment that was read
    cursor {"since", "newest", "token"}   in the middle: older pages wait behind ``token``
    cursor {"rev"}                        of private messages

Beside these the cursor holds what ``looking_again`` remembers: nobody tells of a deleted post.
"""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from chalicelib.channels import looking_again
from chalicelib.channels.bluesky.client import PRIVATELY, ask
from chalicelib.channels.bluesky.errors import WINDOW
from chalicelib.channels.bluesky.rules import NAME
from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.looking_again import Place
from chalicelib.channels.offers import PolledPage, Stream
from chalicelib.channels.retry_after import until_reset
from chalicelib.channels.taming import id_of, items_of, text_of
from chalicelib.errors import ChannelUnavailable

MENTIONS, PRIVATE = "mentions", "private"
EVERY = timedelta(minutes=1)
PAGE = 100
AT_ONCE = 25
"""What Bluesky gives back of posts asked for by address."""

REMEMBERED = 200


Where = tuple[str, str]
NOTIFICATIONS: Where = ("app.bsky.notification.listNotifications", "notifications")
POSTS: Where = ("app.bsky.feed.searchPosts", "posts")
"""What is asked, and what its list is called."""

Query = list[tuple[str, str]]
Ours = tuple[AccountSettings, Secrets, Http]
"""Whom we are, for requests."""


def streams(settings: AccountSettings) -> tuple[Stream, ...]:
    """Mentions and, where the app password allows it, private messages."""
    every = settings.seconds("poll_seconds", EVERY)
    names = (MENTIONS, PRIVATE) if settings.settings.get("private") else (MENTIONS,)
    return tuple(Stream(name=name, use="answer", every=every) for name in names)


def fetch(
    stream: str, cursor: str | None, settings: AccountSettings, secrets: Secrets, http: Http
) -> PolledPage:
    """One page. Raises the ``ChannelError`` family."""
    place: Place = json.loads(cursor or "{}")
    if stream == PRIVATE:
        return _private(place, settings, secrets, http)
    reasons = [("reasons", one) for one in ("mention", "reply", "quote")]
    return _newest(NOTIFICATIONS, reasons, place, (settings, secrets, http))


def search(
    query: str, cursor: str | None, settings: AccountSettings, secrets: Secrets, http: Http
) -> PolledPage:
    """One page of public posts with all these words. Raises likewise."""
    place: Place = json.loads(cursor or "{}")
    return _newest(POSTS, [("q", query), ("sort", "latest")], place, (settings, secrets, http))


def _newest(where: Where, query: Query, place: Place, ours: Ours) -> PolledPage:
    """A page of what is newest, or known posts again when it is time."""
    settings, secrets, http = ours
    if "token" not in place and looking_again.is_time(place, settings):
        return _look_again(place, settings, secrets, http)
    query = [*query, ("limit", str(PAGE))]
    query += [("cursor", place["token"])] if "token" in place else []
    path = f"{where[0]}?{urlencode(query)}"
    answer = ask("GET", path, settings=settings, secrets=secrets, http=http)
    page = _list_in(answer, where[1])
    known = set(place.get("recent", []))
    new = [uri for one in page if (uri := id_of(one, "uri")) and uri not in known]
    after = {
        **_moved(place, page, text_of(answer.json(), "cursor")),
        **looking_again.remembered(place, new, answer, REMEMBERED),
    }
    return PolledPage(
        body=answer.body,
        request=f"GET /xrpc/{path}",
        items=len(new),
        cursor=json.dumps(after),
        more="token" in after,
        pause=_pause(answer),
    )


def _moved(place: Place, page: list[Any], token: str) -> Place:
    """Where to read on. The very first time one page is enough: we begin now, not years ago."""
    moments = [moment for one in page if (moment := text_of(one, "indexedAt"))]
    since = place.get("since", "")
    newest = max([place.get("newest", ""), since, *moments])
    reached = not since or not page or min(moments, default=since) < since
    if not token or reached:
        return {"since": newest} if newest else {}
    return {"since": since, "newest": newest, "token": token}


def _look_again(
    place: Place, settings: AccountSettings, secrets: Secrets, http: Http
) -> PolledPage:
    asked = looking_again.still_to_ask(place)[:AT_ONCE]
    path = f"app.bsky.feed.getPosts?{urlencode([('uris', uri) for uri in asked])}"
    answer = ask("GET", path, settings=settings, secrets=secrets, http=http)
    there = [uri for one in _list_in(answer, "posts") if (uri := id_of(one, "uri"))]
    return PolledPage(
        body=answer.body,
        request=f"GET /xrpc/{path}",
        items=len(set(asked).difference(there)),
        cursor=json.dumps(looking_again.looked(place, asked, there, answer)),
        more=True,
        pause=_pause(answer),
    )


def _private(place: Place, settings: AccountSettings, secrets: Secrets, http: Http) -> PolledPage:
    query = f"?{urlencode({'cursor': place['rev']})}" if place.get("rev") else ""
    path = f"chat.bsky.convo.getLog{query}"
    answer = ask("GET", path, settings=settings, secrets=secrets, http=http, headers=PRIVATELY)
    page = _list_in(answer, "logs")
    rev = text_of(answer.json(), "cursor") or place.get("rev", "")
    return PolledPage(
        body=answer.body,
        request=f"GET /xrpc/{path}",
        items=len(page),
        cursor=json.dumps({"rev": rev}),
        more=bool(page) and rev != place.get("rev"),
        pause=_pause(answer),
    )


def _list_in(answer: Answer, name: str) -> list[Any]:
    page = answer.json()
    if not isinstance(page.get(name), list):
        raise ChannelUnavailable(NAME, "no-page", "Bluesky gaf een onleesbare bladzijde")
    return items_of(page, name)


def _pause(answer: Answer) -> timedelta:
    """With no request left: until the count begins again."""
    if answer.headers.get("ratelimit-remaining") != "0":
        return timedelta()
    return until_reset(answer.headers, "ratelimit-reset", WINDOW)
