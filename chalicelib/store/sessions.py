"""Tokens and sessions: a secret leads to a principal. Only the secret's digest is kept."""

import secrets

from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import get
from chalicelib.store.table import Delete, Put, Table


def new_secret() -> str:
    """192 random bits, safe in a cookie, a header and a link."""
    return secrets.token_urlsafe(24)


def session(secret: str, principal: Principal, now: Moment) -> Put:
    """A signed-in person, for as long as a shift."""
    return Put(to_item(keys.token(secret), principal, expires_at=expires_at("session", now)))


def api_token(secret: str, principal: Principal) -> Put:
    """A token bound to a principal, so that the log of use can name who."""
    return Put(to_item(keys.token(secret), principal))


def ended(secret: str) -> Delete:
    return Delete(keys.token(secret))


def principal_of(table: Table, secret: str, now: Moment) -> Principal | None:
    item = get(table, keys.token(secret), now)
    return None if item is None else from_item(Principal, item)


def answer_link(secret: str, subject: str, now: Moment) -> Put:
    """A private link to the answers in one conversation, for who wrote through the form."""
    key = keys.answer_link(secret)
    expiry = expires_at("conversation", now)
    return Put({"pk": key.pk, "sk": key.sk, "subject": subject, "expires_at": expiry})


def subject_of_link(table: Table, secret: str, now: Moment) -> str | None:
    item = get(table, keys.answer_link(secret), now)
    return None if item is None else item["subject"]
