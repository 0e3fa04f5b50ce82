"""Posts that we have, looked up again: X tells nobody that a citizen took a post back.

Once a day the newest of them are asked for by their first ids (an edit comes by itself, as a new
mention). What is gone stands among the errors of the page. The cursor of the mentions remembers
the ids, and two moments by the platform's own clock: ``read`` (the last page) and ``looked``.
"""

import json
from email.utils import parsedate_to_datetime
from typing import Any

from chalicelib.channels.contract import AccountSettings, PolledPage, Secrets
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.taming import id_of, items_of, list_of
from chalicelib.channels.x.prices import microeuros

AT_ONCE = 100
"""What X looks up in one request."""

ONCE_IN = 24
"""Hours, unless ``look_up_hours`` says otherwise; X wants deletions followed within a day."""

Place = dict[str, Any]


def is_time(place: Place, settings: AccountSettings) -> bool:
    """Whether the posts that we know should be looked up before we read on."""
    said = settings.settings.get("look_up_hours", "")
    hours = int(said) if said.isascii() and said.isdigit() else ONCE_IN
    since = place.get("read", 0) - place.get("looked", 0)
    return bool(place.get("recent")) and "token" not in place and since > hours * 3600


def remembered(place: Place, page: dict[str, Any], answer: Answer) -> Place:
    """What a page of mentions adds to the cursor."""
    ids = [id for post in items_of(page, "data") if (id := first_id(post))]
    recent = list(dict.fromkeys([*ids, *place.get("recent", [])]))
    at = read_at(answer)
    return {"recent": recent[:AT_ONCE], "read": at, "looked": place.get("looked", at)}


def first_id(post: Any) -> str | None:
    """The id that a post keeps through all its edits."""
    history = (id_of(one) for one in list_of(post, "edit_history_tweet_ids"))
    return next((id for id in history if id), None) or id_of(post, "id")


def look_up(
    place: Place, settings: AccountSettings, secrets: Secrets, http: Http, fields: list[str]
) -> PolledPage:
    """The posts as they are now. Raises the ``ChannelError`` family."""
    from chalicelib.channels.x.client import client_for  # noqa: PLC0415  tweepy, only when needed

    client, how = client_for(secrets, http)
    client.get_tweets(place["recent"], tweet_fields=fields, **how)
    answer: Answer = client.session.last
    page, at = answer.json(), read_at(answer)
    gone = {id_of(error, "resource_id") for error in items_of(page, "errors")}
    left = [id for id in place["recent"] if id not in gone]
    return PolledPage(
        body=answer.body,
        request=f"GET /2/tweets?ids={','.join(place['recent'])}",
        items=len(gone),
        cursor=json.dumps({**place, "recent": left, "read": at, "looked": at}),
        more=True,
        microeuros=microeuros(page, settings),
    )


def read_at(answer: Answer) -> int:
    """When the platform answered, in epoch seconds by its own clock; 0 when it does not say."""
    try:
        return int(parsedate_to_datetime(answer.headers.get("date", "")).timestamp())
    except ValueError:
        return 0
