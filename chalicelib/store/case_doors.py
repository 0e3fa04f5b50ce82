"""Doors to a dossier: links, sessions, what is shared of it, and another channel that joins it.

Of a secret only the digest is kept: reading the table opens no dossier.
"""

import secrets

from chalicelib.domain.case import Door, Joining, Share
from chalicelib.domain.moments import Moment, seconds
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import (
    Absent,
    Change,
    Condition,
    Delete,
    Is,
    Present,
    Put,
    Table,
    all_of,
)


def new_secret() -> str:
    """128 random bits, safe in a link."""
    return secrets.token_urlsafe(16)


def door(secret: str, found: Door) -> Put:
    """What a secret opens; only its digest is kept."""
    key = keys.door(keys.secret_digest(secret))
    return Put(to_item(key, found, expires_at=seconds(found.until)), only_if=Absent("pk"))


def door_of(table: Table, secret: str, now: Moment) -> Door | None:
    item = get(table, keys.door(keys.secret_digest(secret)), now)
    return None if item is None else from_item(Door, item)


def used_in(secret: str, door: Door, session: str) -> Change:
    """A link belongs to the browser with this session. Fails where another one was faster."""
    before = Absent("browser") if door.browser is None else Is("browser", door.browser)
    key = keys.door(keys.secret_digest(secret))
    unchanged = all_of(Is("number", door.number), before)
    return Change(key, set={"browser": keys.secret_digest(session)}, only_if=unchanged)


def shut(digest: str) -> Delete:
    """Fails where somebody used or shut it before."""
    return Delete(keys.door(digest), only_if=Present("pk"))


def shut_quietly(secret: str) -> Delete:
    """Whether or not it was open."""
    return Delete(keys.door(keys.secret_digest(secret)))


def shared(share: Share) -> Put:
    item = to_item(keys.share(share.number, share.id), share, expires_at=seconds(share.until))
    return Put(item)


def shares(table: Table, number: str, now: Moment) -> list[Share]:
    found = each(table, keys.case_partition(number), now, prefix=keys.SHARES, strong=True)
    return [from_item(Share, item) for item in found]


def no_longer_shared(share: Share) -> Delete:
    return Delete(keys.share(share.number, share.id))


def awaited(joining: Joining) -> Put:
    """A code is to come in; an earlier one no longer counts."""
    item = to_item(keys.joining(joining.number), joining, expires_at=seconds(joining.until))
    return Put(item)


def joining_of(table: Table, number: str, now: Moment) -> Joining | None:
    item = get(table, keys.joining(number), now)
    return None if item is None else from_item(Joining, item)


def code_came(door: Door, digest: str, came: Joining) -> tuple[Change, Change]:
    """In this conversation, once. Fails where the code was used or another one was made since."""
    where = {"subject": came.subject, "channel": came.channel, "name": came.name}
    told = {name: value for name, value in where.items() if value is not None}
    still = all_of(Is("digest", digest), Absent("subject"))
    return (
        Change(keys.door(digest), set={"used_by": came.subject}, only_if=unused(door)),
        Change(keys.joining(door.number), set=told, only_if=still),
    )


def unused(door: Door) -> Condition:
    return all_of(Is("number", door.number), Absent("used_by"))


def joining_ended(joining: Joining) -> Delete:
    """Confirmed or refused; fails where it is another one by now."""
    return Delete(keys.joining(joining.number), only_if=Is("digest", joining.digest))
