"""Who asked for appeals, by gemeente; what is not proven yet; the doors to their pages."""

from chalicelib.domain.moments import Moment, seconds
from chalicelib.domain.retention import expires_at
from chalicelib.domain.volunteer import OwnPage, Volunteer, Wish, asked_once_more
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, Change, Delete, Is, Present, Put, Table, all_of


def find(table: Table, gemeente: str, subject: str, now: Moment) -> Volunteer | None:
    item = get(table, keys.volunteer(gemeente, subject), now)
    return None if item is None else from_item(Volunteer, item)


def of_gemeente(table: Table, gemeente: str, now: Moment) -> list[Volunteer]:
    """Everybody who asked for appeals there."""
    found = each(table, keys.volunteers_of(gemeente), now, strong=True)
    return [from_item(Volunteer, item) for item in found]


def begun(one: Volunteer) -> Put:
    """From now on; what they chose before in this gemeente is replaced, their caps stay."""
    key = keys.volunteer(one.gemeente, one.subject)
    last = {"last_asked": one.asked[-1]} if one.asked else {}
    return Put(to_item(key, one, expires_at=expires_at("volunteer", one.agreed_at), **last))


def asked(one: Volunteer, now: Moment) -> Change:
    """One appeal more. Fails when they stopped, or were asked or chose anew meanwhile."""
    last = Is("last_asked", one.asked[-1]) if one.asked else Absent("last_asked")
    return Change(
        keys.volunteer(one.gemeente, one.subject),
        set={"asked": list(asked_once_more(one.asked, now)), "last_asked": now},
        only_if=all_of(Is("agreed_at", one.agreed_at), last),
    )


def ended(one: Volunteer) -> Delete:
    """Nothing of it is kept. Fails where it ended before."""
    return Delete(keys.volunteer(one.gemeente, one.subject), only_if=Present("pk"))


# --- not proven yet ----------------------------------------------------------------------------


def wished(secret: str, wish: Wish) -> Put:
    """By the digest of the code that proves it."""
    key = keys.wish(keys.secret_digest(secret))
    return Put(to_item(key, wish, expires_at=seconds(wish.until)))


def wish_of(table: Table, secret: str, now: Moment) -> Wish | None:
    item = get(table, keys.wish(keys.secret_digest(secret)), now)
    return None if item is None else from_item(Wish, item)


def proven(secret: str) -> Delete:
    """Once."""
    return Delete(keys.wish(keys.secret_digest(secret)), only_if=Present("pk"))


# --- their own page ----------------------------------------------------------------------------


def page(secret: str, one: OwnPage) -> Put:
    """What a link opens; only the digest of its secret is kept."""
    key = keys.volunteer_page(keys.secret_digest(secret))
    return Put(to_item(key, one, expires_at=seconds(one.until)))


def page_of(table: Table, secret: str, now: Moment) -> OwnPage | None:
    item = get(table, keys.volunteer_page(keys.secret_digest(secret)), now)
    return None if item is None else from_item(OwnPage, item)
