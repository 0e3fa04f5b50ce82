"""Reading X page by page (channels.md 8.4): newest first, so the place to go on moves at the end.

    cursor {"since"}                          everything up to this post was read
    cursor {"since", "newest", "token"}       in the middle: older pages wait under the token

The cursor also holds what ``look_up.py`` needs. Private messages are read in ``inbox.py``.

Only after the oldest page does ``newest`` become ``since``. A crash in between repeats pages; it
never skips one.
"""

import json
from datetime import timedelta
from typing import Any

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.looking_again import Place
from chalicelib.channels.offers import PolledPage, Stream
from chalicelib.channels.retry_after import until_reset
from chalicelib.channels.taming import id_of, items_of, text_of
from chalicelib.channels.x import inbox
from chalicelib.channels.x.errors import WINDOW
from chalicelib.channels.x.look_up import is_time, look_up, remembered
from chalicelib.channels.x.prices import microeuros
from chalicelib.channels.x.rules import NAME
from chalicelib.errors import ChannelRefused, ChannelUnavailable

MENTIONS = "mentions"
EVERY = timedelta(minutes=1)
PAGE = 100
WITHOUT = "-is:retweet"
"""A repost says nothing new, and X charges it like any other."""


FIELDS: dict[str, Any] = {
    "tweet_fields": [
        *("author_id", "created_at", "conversation_id", "in_reply_to_user_id", "lang"),
        *("referenced_tweets", "attachments", "edit_history_tweet_ids", "note_tweet"),
    ],
    "expansions": ["author_id", "attachments.media_keys"],
    "media_fields": ["url", "preview_image_url", "variants", "type"],
}


def streams(settings: AccountSettings) -> tuple[Stream, ...]:
    """Our mentions and, where somebody set it, the private messages."""
    every = settings.seconds("poll_seconds", EVERY)
    return (Stream(name=MENTIONS, use="answer", every=every, priced=True), *inbox.stream(settings))


def fetch(
    stream: str, cursor: str | None, settings: AccountSettings, secrets: Secrets, http: Http
) -> PolledPage:
    """One page. Raises the ``ChannelError`` family."""
    if stream == inbox.INBOX:
        return inbox.fetch_private(cursor, settings, secrets, http)
    return read("", cursor, settings, secrets, http)


def read(
    query: str, cursor: str | None, settings: AccountSettings, secrets: Secrets, http: Http
) -> PolledPage:
    """One page of what holds these words, or, without any, of our mentions. Raises likewise."""
    place: Place = json.loads(cursor or "{}")
    if is_time(place, settings):
        return look_up(place, settings, secrets, http, FIELDS["tweet_fields"])
    try:
        answer = _ask(query, place, settings, secrets, http)
    except ChannelRefused as error:
        if error.code != "http-400" or not place:
            raise
        place = _further_back(place)
        answer = _ask(query, place, settings, secrets, http)
    page = _page_in(answer)
    after = _moved(place, page, first="since" not in place and "token" not in place)
    after |= remembered(place, page, answer)
    return PolledPage(
        body=answer.body,
        request=f"GET {_path(query, settings)}",
        items=len(items_of(page, "data")),
        cursor=json.dumps(after),
        more="token" in after,
        pause=_pause(answer),
        microeuros=microeuros(page, settings),
    )


def _further_back(place: Place) -> Place:
    """X takes no token or post that is too old: begin this round again, or else begin anew."""
    dropped = ("newest", "token") if "token" in place else ("since",)
    return {name: value for name, value in place.items() if name not in dropped}


def _ask(
    query: str, place: Place, settings: AccountSettings, secrets: Secrets, http: Http
) -> Answer:
    from chalicelib.channels.x.client import client_for  # noqa: PLC0415  tweepy, only when needed

    client, how = client_for(secrets, http)
    asked = {**FIELDS, "max_results": PAGE, "since_id": place.get("since"), **how}
    if not query:
        client.get_users_mentions(settings.account, pagination_token=place.get("token"), **asked)
    else:
        client.search_recent_tweets(f"{query} {WITHOUT}", next_token=place.get("token"), **asked)
    answer: Answer = client.session.last
    return answer


def _path(query: str, settings: AccountSettings) -> str:
    return "/2/tweets/search/recent" if query else f"/2/users/{settings.account}/mentions"


def _page_in(answer: Answer) -> dict[str, Any]:
    """The page, which also says where to go on: without that it must be read again."""
    page = answer.json()
    if not isinstance(page.get("meta"), dict):
        raise ChannelUnavailable(NAME, "no-page", "X gaf een onleesbare bladzijde")
    return page


def _moved(place: Place, page: dict[str, Any], *, first: bool) -> Place:
    """Where to read on. The very first time one page is enough: we begin now, not years ago."""
    newest = place.get("newest") or id_of(page, "meta", "newest_id") or place.get("since") or ""
    token = text_of(page, "meta", "next_token")
    if not token or first:
        return {"since": newest} if newest else {}
    since = {"since": place["since"]} if "since" in place else {}
    return {**since, "newest": newest, "token": token}


def _pause(answer: Answer) -> timedelta:
    """With no request left in this quarter: until the next one."""
    if answer.headers.get("x-rate-limit-remaining") != "0":
        return timedelta()
    return until_reset(answer.headers, "x-rate-limit-reset", WINDOW)
