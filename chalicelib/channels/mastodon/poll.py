"""Reading Mastodon page by page (channels.md 11): who names or quotes us, oldest first.

    cursor {"min": id}        the newest notification that was read
    and what ``looking_again`` remembers of the posts behind them

``min_id`` gives the page that follows that one; ``since_id`` would give the newest page and lose
what lies between. Posts are asked for again once a day: what was edited or deleted then shows.
"""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from chalicelib.channels import looking_again
from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.looking_again import Place
from chalicelib.channels.mastodon.client import ask
from chalicelib.channels.mastodon.errors import WINDOW
from chalicelib.channels.mastodon.parse import SEARCH, read_list
from chalicelib.channels.mastodon.rules import NAME
from chalicelib.channels.offers import PolledPage, Stream
from chalicelib.channels.retry_after import until_moment
from chalicelib.channels.taming import id_of
from chalicelib.errors import BadPayload, ChannelRefused, ChannelUnavailable

MENTIONS = "mentions"
EVERY = timedelta(minutes=1)
PAGE = 80
AT_ONCE = 20
"""What Mastodon gives back of posts asked for by id."""

FOUND_AT_ONCE = 40
REMEMBERED = 200


def streams(settings: AccountSettings) -> tuple[Stream, ...]:
    """Public mentions, answers, quotes and private messages are one list."""
    every = settings.seconds("poll_seconds", EVERY)
    return (Stream(name=MENTIONS, use="answer", every=every),)


def fetch(
    stream: str, cursor: str | None, settings: AccountSettings, secrets: Secrets, http: Http
) -> PolledPage:
    """One page of the one stream that there is. Raises the ``ChannelError`` family."""
    del stream
    place: Place = json.loads(cursor or "{}")
    if looking_again.is_time(place, settings):
        return look_again(place, settings, secrets, http)
    query = [("types[]", "mention"), ("types[]", "quote"), ("limit", str(PAGE))]
    query += [("include_filtered", "true")]  # strangers write to us too
    query += [("min_id", place["min"])] if "min" in place else []
    path = f"/api/v1/notifications?{urlencode(query)}"
    answer = ask("GET", path, settings=settings, secrets=secrets, http=http)
    return _read(path, answer, place, ("status", "id"), full=1)


def search(
    query: str, cursor: str | None, settings: AccountSettings, secrets: Secrets, http: Http
) -> PolledPage:
    """One page of public posts with all these words, as far as our server indexes them."""
    place: Place = json.loads(cursor or "{}")
    if looking_again.is_time(place, settings):
        return look_again(place, settings, secrets, http)
    asked = [("q", query), ("type", "statuses"), ("limit", str(FOUND_AT_ONCE))]
    asked += [("min_id", place["min"])] if "min" in place else []
    path = f"{SEARCH}?{urlencode(asked)}"
    answer = ask("GET", path, settings=settings, secrets=secrets, http=http)
    return _read(path, answer, place, ("id",), full=FOUND_AT_ONCE)


def _read(
    path: str, answer: Answer, place: Place, post: tuple[str, ...], *, full: int
) -> PolledPage:
    """One page; ``post`` is where an id of a post stands. After a ``full`` one more may wait."""
    page = _page_in(answer)
    posts = [id for one in page if (id := id_of(one, *post))]
    after = {
        **place,
        **looking_again.remembered(place, posts, answer, REMEMBERED),
        "min": _newest(page, place.get("min", "0")),
    }
    return PolledPage(
        body=answer.body,
        request=f"GET {path}",
        items=len(page),
        cursor=json.dumps(after),
        more=len(page) >= full and "min" in place,
        pause=_pause(answer),
    )


def look_again(place: Place, settings: AccountSettings, secrets: Secrets, http: Http) -> PolledPage:
    """Known posts as they are now. A server that cannot give them is not asked till tomorrow."""
    asked = looking_again.still_to_ask(place)[:AT_ONCE]
    path = f"/api/v1/statuses?{urlencode([('id[]', id) for id in asked])}"
    try:
        answer = ask("GET", path, settings=settings, secrets=secrets, http=http)
    except ChannelRefused:
        rest = {**place, "looked": place["read"], "again": []}
        return PolledPage(body=b"", request="", items=0, cursor=json.dumps(rest), more=True)
    there = [id for one in _page_in(answer) if (id := id_of(one, "id"))]
    return PolledPage(
        body=answer.body,
        request=f"GET {path}",
        items=len(asked),
        cursor=json.dumps(looking_again.looked(place, asked, there, answer)),
        more=True,
        pause=_pause(answer),
    )


def _page_in(answer: Answer) -> list[Any]:
    try:
        return read_list(answer.body)
    except BadPayload as error:
        raise ChannelUnavailable(NAME, "no-page", "Mastodon gaf een onleesbare pagina") from error


def _newest(page: list[Any], before: str) -> str:
    """Ids grow: a longer one is newer."""
    ids = [id for one in page if (id := id_of(one, "id"))]
    return max([before, *ids], key=lambda one: (len(one), one))


def _pause(answer: Answer) -> timedelta:
    """With no request left: until the count begins again."""
    if answer.headers.get("x-ratelimit-remaining") != "0":
        return timedelta()
    return until_moment(answer.headers, "x-ratelimit-reset", WINDOW)
