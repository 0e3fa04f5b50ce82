"""Posts that we have, looked up again: X tells nobody that a citizen took a post back.

Once a day the newest thousand of a stream are asked for by their first ids (an edit comes by
itself, as a new mention). What is gone stands among the errors of the page. Their terms want a
deletion followed within a day; how often is the setting ``look_up_hours``.
"""

import json
from typing import Any

from chalicelib.channels import looking_again
from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.looking_again import Place
from chalicelib.channels.offers import PolledPage
from chalicelib.channels.taming import id_of, items_of, list_of
from chalicelib.channels.x.prices import microeuros

AT_ONCE = 100
"""What X looks up in one request."""

REMEMBERED = 1000
"""Of each stream. Beyond that the compliance endpoints of an Enterprise contract are needed."""


def is_time(place: Place, settings: AccountSettings) -> bool:
    """Whether the posts that we know should be looked up before we read on."""
    return "token" not in place and looking_again.is_time(place, settings)


def remembered(place: Place, page: dict[str, Any], answer: Answer) -> Place:
    """What a page adds to the cursor."""
    ids = [id for post in items_of(page, "data") if (id := first_id(post))]
    return looking_again.remembered(place, ids, answer, REMEMBERED)


def first_id(post: Any) -> str | None:
    """The id that a post keeps through all its edits."""
    history = (id_of(one) for one in list_of(post, "edit_history_tweet_ids"))
    return next((id for id in history if id), None) or id_of(post, "id")


def look_up(
    place: Place, settings: AccountSettings, secrets: Secrets, http: Http, fields: list[str]
) -> PolledPage:
    """A hundred of the posts as they are now. Raises the ``ChannelError`` family."""
    from chalicelib.channels.x.client import client_for  # noqa: PLC0415  tweepy, only when needed

    client, how = client_for(secrets, http)
    asked = looking_again.still_to_ask(place)[:AT_ONCE]
    client.get_tweets(asked, tweet_fields=fields, **how)
    answer: Answer = client.session.last
    page = answer.json()
    gone = {id_of(error, "resource_id") for error in items_of(page, "errors")}
    there = [id for id in asked if id not in gone]
    return PolledPage(
        body=answer.body,
        request=f"GET /2/tweets?ids={','.join(asked)}",
        items=len(gone),
        cursor=json.dumps(looking_again.looked(place, asked, there, answer)),
        more=True,
        microeuros=microeuros(page, settings),
    )
