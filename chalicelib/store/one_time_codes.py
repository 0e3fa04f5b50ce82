"""One-time codes that open a dossier: only a digest is kept, and each try costs."""

import hashlib
import hmac
import secrets

from chalicelib.domain.case import OneTimeCode
from chalicelib.domain.moments import Moment, seconds
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import get
from chalicelib.store.table import Below, Change, Delete, Is, Put, Table, all_of


def slow_digest(code: str, salt: str) -> str:
    """Eight digits are soon tried, so each try costs: 16 MB and about 40 ms (scrypt)."""
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**14, r=8, p=1).hex()


def code_given(number: str, code: str, until: Moment) -> Put:
    """The newest code counts; an earlier one is gone."""
    salt = secrets.token_hex(16)
    kept = OneTimeCode(digest=slow_digest(code, salt), salt=salt, until=until)
    return Put(to_item(keys.one_time_code(number), kept, expires_at=seconds(until)))


def code_of(table: Table, number: str, now: Moment) -> OneTimeCode | None:
    item = get(table, keys.one_time_code(number), now)
    return None if item is None else from_item(OneTimeCode, item)


def tried(number: str, code: OneTimeCode, most: int) -> Change:
    """One try more. Fails when there were too many, or another code came."""
    return Change(
        keys.one_time_code(number),
        add={"tries": 1},
        only_if=all_of(Is("digest", code.digest), Below("tries", most)),
    )


def code_used(number: str, code: OneTimeCode) -> Delete:
    """Once."""
    return Delete(keys.one_time_code(number), only_if=Is("digest", code.digest))


def no_code(number: str) -> Delete:
    """Whatever code there was opens nothing any more."""
    return Delete(keys.one_time_code(number))


def is_right(code: OneTimeCode, said: str) -> bool:
    return hmac.compare_digest(code.digest, slow_digest(said, code.salt))
