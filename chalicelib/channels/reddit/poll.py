"""Reading Reddit page by page (channels.md 9): newest first, until something that we know.

    cursor {"known", "round"}                     the newest ids that were read, newest first
    cursor {"known", "round", "newest", "after"}  in the middle: older ones wait behind ``after``

Reddit can list what came after an id, but lists nothing once that id is deleted. So every tenth
round asks for everything; what was edited or deleted meanwhile then comes along.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.offers import PolledPage, Stream
from chalicelib.channels.reddit.errors import WINDOW
from chalicelib.channels.reddit.parse import fullname, read_listing
from chalicelib.channels.reddit.rules import NAME
from chalicelib.channels.retry_after import seconds_left
from chalicelib.channels.taming import items_of, text_of
from chalicelib.errors import BadPayload, ChannelUnavailable

INBOX, MENTIONS, COMMENTS, SUBMISSIONS = "inbox", "mentions", "comments", "submissions"
IN_A_SUBREDDIT = {COMMENTS: "comments", SUBMISSIONS: "new"}
"""What Reddit calls these lists."""

EVERY = timedelta(minutes=1)
PAGE = 100
REMEMBERED = 300
FULL_ROUND = 10

Place = dict[str, Any]
Ours = tuple[AccountSettings, Secrets, Http]
"""Whom we are, for requests."""


def streams(settings: AccountSettings) -> tuple[Stream, ...]:
    """Inbox and mentions and, where somebody set one, what is written in a subreddit.

    Several subreddits are one name to Reddit: ``zutphen+deventer``.
    """
    every = settings.seconds("poll_seconds", EVERY)
    found = [Stream(name=name, use="answer", every=every) for name in (INBOX, MENTIONS)]
    if settings.settings.get("subreddit"):
        found += [Stream(name=one, use="listen", every=every) for one in (COMMENTS, SUBMISSIONS)]
    return tuple(found)


def fetch(
    stream: str, cursor: str | None, settings: AccountSettings, secrets: Secrets, http: Http
) -> PolledPage:
    """One page. Raises the ``ChannelError`` family."""
    return read(_path(stream, settings), {}, cursor, (settings, secrets, http))


def search(
    query: str, cursor: str | None, settings: AccountSettings, secrets: Secrets, http: Http
) -> PolledPage:
    """One page of submissions with all these words. Raises likewise."""
    wanted = {"q": query, "sort": "new", "type": "link"}
    return read("search", wanted, cursor, (settings, secrets, http))


def read(path: str, wanted: Mapping[str, str], cursor: str | None, ours: Ours) -> PolledPage:
    """One page of a list."""
    from chalicelib.channels.reddit.client import ask  # noqa: PLC0415  praw, only when needed

    settings, secrets, http = ours
    place: Place = json.loads(cursor or "{}")
    where = {**wanted, **_where(place)}
    answer = ask("GET", path, where, settings=settings, secrets=secrets, http=http)
    listing = _listing_in(answer)
    names = [name for child in items_of(listing, "data", "children") if (name := fullname(child))]
    after = _moved(place, names, text_of(listing, "data", "after"), first=cursor is None)
    return PolledPage(
        body=answer.body,
        request=f"GET /{path}",
        items=len(names),
        cursor=json.dumps(after),
        more="after" in after,
        pause=_pause(answer),
    )


def _path(stream: str, settings: AccountSettings) -> str:
    if stream in IN_A_SUBREDDIT:
        return f"r/{settings.settings.get('subreddit', '')}/{IN_A_SUBREDDIT[stream]}"
    return f"message/{stream}"


def _where(place: Place) -> dict[str, Any]:
    if "after" in place:
        return {"limit": PAGE, "after": place["after"]}
    known = place.get("known", [])
    if known and place.get("round", 0) % FULL_ROUND:
        return {"limit": PAGE, "before": known[0]}
    return {"limit": PAGE}


def _listing_in(answer: Answer) -> dict[str, Any]:
    try:
        return read_listing(answer.body)
    except BadPayload as error:
        raise ChannelUnavailable(NAME, "no-page", "Reddit gaf een onleesbare bladzijde") from error


def _moved(place: Place, names: list[str], after: str, *, first: bool) -> Place:
    """Where to read on. The very first time one page is enough: we begin now."""
    known = place.get("known", [])
    newest = [*place.get("newest", []), *names]
    number = place.get("round", 0)
    if after and not first and not set(names) & set(known):
        return {"known": known, "round": number, "newest": newest[:REMEMBERED], "after": after}
    fresh = dict.fromkeys([*newest, *known])
    return {"known": list(fresh)[:REMEMBERED], "round": number + 1}


def _pause(answer: Answer) -> timedelta:
    """With no request left: until the count begins again."""
    try:
        left = float(answer.headers.get("x-ratelimit-remaining", "1"))
    except ValueError:
        return timedelta()
    if left >= 1:
        return timedelta()
    return seconds_left(answer.headers, "x-ratelimit-reset", WINDOW)
