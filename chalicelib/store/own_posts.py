"""Own posts: listed by team, newest first; due from their approval until they left."""

from chalicelib.domain.moments import Moment
from chalicelib.domain.own_post import OwnPost
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, Is, Item, Key, Put, Table

SHOWN = 50


def find(table: Table, key: Key, now: Moment) -> OwnPost | None:
    item = get(table, key, now)
    return None if item is None else from_item(OwnPost, item)


def of_team(table: Table, team: str, now: Moment) -> list[OwnPost]:
    """The last ones, newest first."""
    rows = list(each(table, keys.list_partition(keys.own_posts(team)), now, index="by_list"))
    found = (find(table, Key(row["pk"], row["sk"]), now) for row in reversed(rows[-SHOWN:]))
    return [one for one in found if one]


def proposed(post: OwnPost, now: Moment) -> Put:
    """Once for each id."""
    return Put(_item(post, now), only_if=Absent("pk"))


def changed(before: OwnPost, after: OwnPost, now: Moment) -> Put:
    """Fails when somebody approved, stopped or sent it meanwhile."""
    return Put(_item(after, now), only_if=Is("state", before.state))


def _item(post: OwnPost, now: Moment) -> Item:
    key = keys.own_post(post.id)
    due = keys.due(keys.POST_DUE, post.due_at, key) if post.due_at else {}
    listed = keys.listed(keys.own_posts(post.team), post.at)
    return to_item(key, post, expires_at=expires_at("own_post", now), **listed, **due)
