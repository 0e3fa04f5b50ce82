"""Tokens and sessions: a secret leads to a principal. Only the secret's digest is kept."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.moments import Moment, later, seconds
from chalicelib.domain.principal import Principal
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import get
from chalicelib.store.table import Change, Delete, Present, Put, Table

TICKET_LIFE = timedelta(minutes=1)


def new_secret() -> str:
    """192 random bits, safe in a cookie, a header and a link."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Whom a secret stands for. ``seen_at`` is when a session was last used; a token has none."""

    principal: Principal
    seen_at: Moment | None


def session(secret: str, principal: Principal, now: Moment) -> Put:
    """A signed-in person, for as long as a shift."""
    expiry = expires_at("session", now)
    return Put(to_item(keys.token(secret), principal, seen_at=now, expires_at=expiry))


def used_again(secret: str, now: Moment) -> Change:
    """The session is in use. Fails when it was ended meanwhile."""
    return Change(keys.token(secret), set={"seen_at": now}, only_if=Present("pk"))


def api_token(secret: str, principal: Principal) -> Put:
    """A token bound to a principal, so that the log of use can name who."""
    return Put(to_item(keys.token(secret), principal))


def ended(secret: str) -> Delete:
    return Delete(keys.token(secret))


def find(table: Table, secret: str, now: Moment) -> Known | None:
    item = get(table, keys.token(secret), now)
    if item is None:
        return None
    return Known(principal=from_item(Principal, item), seen_at=item.get("seen_at"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A private link: the conversation, and the digest of the text that it was given for."""

    subject: str
    content: str


def answer_link(secret: str, subject: str, content: str, now: Moment) -> Put:
    """A private link to the answers in one conversation, for who wrote through the form."""
    expiry = expires_at("conversation", now)
    link = Link(subject=subject, content=content)
    return Put(to_item(keys.answer_link(secret), link, expires_at=expiry))


def link_of(table: Table, secret: str, now: Moment) -> Link | None:
    item = get(table, keys.answer_link(secret), now)
    return None if item is None else from_item(Link, item)


def ticket(secret: str, principal: Principal, now: Moment) -> Put:
    """Opens one socket, once, within a minute: a browser cannot send a header there."""
    expiry = seconds(later(now, TICKET_LIFE))
    return Put(to_item(keys.ticket(secret), principal, expires_at=expiry))


def ticket_used(secret: str) -> Delete:
    """Fails when it was used before."""
    return Delete(keys.ticket(secret), only_if=Present("pk"))


def ticket_holder(table: Table, secret: str, now: Moment) -> Principal | None:
    item = get(table, keys.ticket(secret), now)
    return None if item is None else from_item(Principal, item)
