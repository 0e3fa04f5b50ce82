"""Cases: a number, its conversations, what the citizen did, and the doors to its dossier.

Of a secret only the digest is kept: reading the table opens no dossier.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from chalicelib.domain.case import (
    Case,
    CaseItem,
    CaseLink,
    Door,
    Joining,
    News,
    OneTimeCode,
    Share,
)
from chalicelib.domain.moments import Moment, later, seconds
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import (
    Absent,
    Below,
    Change,
    Condition,
    Delete,
    Is,
    Key,
    Present,
    Put,
    Table,
    all_of,
    any_of,
)

ERASURES = "erasures"
"""The list of requests to erase that wait for a person."""

SOON = timedelta(seconds=60)


def new_secret() -> str:
    """128 random bits, safe in a link."""
    return secrets.token_urlsafe(16)


# --- the case ----------------------------------------------------------------------------------


def find(table: Table, number: str, now: Moment) -> Case | None:
    item = get(table, keys.case(number), now)
    return None if item is None else from_item(Case, item)


def opened(case: Case, now: Moment) -> Put:
    """A new case. Fails where the number is taken."""
    item = to_item(keys.case(case.number), case, expires_at=expires_at("case", now))
    return Put(item, only_if=Absent("pk"))


def changed(case: Case, *remove: str, **values: Any) -> Change:
    """These facts from now on, unless all doors were closed meanwhile."""
    return Change(
        keys.case(case.number), set=values, remove=remove, only_if=Is("round", case.round)
    )


def news(number: str, what: News, now: Moment) -> Change:
    """Something that the citizen is to be told; owed until it is."""
    key = keys.case(number)
    due = keys.due(keys.CASE_DUE, later(now, SOON), key)
    return Change(key, set={"news": what, "news_at": now, **due}, only_if=Present("number"))


def told(case: Case) -> Change:
    """Nothing is owed any more, unless there was newer news."""
    told_of = Is("news_at", case.news_at or "")
    return Change(keys.case(case.number), remove=keys.NO_LONGER_DUE, only_if=told_of)


def asked_to_erase(case: Case, now: Moment, due_at: Moment) -> Change:
    """A person decides, before ``due_at``."""
    listed = keys.listed(ERASURES, f"{due_at}#{case.number}")
    values = {"erasure_asked_at": now, **listed}
    return changed(case, **values)


def erasure_decided(case: Case, now: Moment, *, erased: bool) -> Change:
    values = {"erased_at": now} if erased else {}
    gone = ("list_pk", "list_sk", "erasure_asked_at")
    asked = Is("erasure_asked_at", case.erasure_asked_at or "")
    return Change(keys.case(case.number), set=values, remove=gone, only_if=asked)


def erasures(table: Table, now: Moment) -> list[Case]:
    """Whose request waits, the earliest due first."""
    rows = each(table, keys.list_partition(ERASURES), now, index="by_list")
    found = (find(table, keys.case_of(Key(row["pk"], row["sk"])), now) for row in rows)
    return [case for case in found if case and case.erasure_asked_at]


# --- its parts ---------------------------------------------------------------------------------


def linked(link: CaseLink, now: Moment) -> Put:
    key = keys.case_link(link.number, link.subject)
    return Put(to_item(key, link, expires_at=expires_at("case", now)))


def link_ended(number: str, subject: str, until: str) -> Change:
    """What arrives in this conversation from now on is another matter."""
    return Change(keys.case_link(number, subject), set={"until": until}, only_if=Present("pk"))


def links(table: Table, number: str, now: Moment) -> list[CaseLink]:
    """The conversations of a case, the first one first."""
    found = each(table, keys.case_partition(number), now, prefix=keys.CASE_LINKS, strong=True)
    return sorted((from_item(CaseLink, item) for item in found), key=lambda one: one.at)


def did(number: str, item: CaseItem) -> Put:
    """One line of the dossier's own timeline."""
    key = keys.case_item(number, item.at, secrets.token_hex(4))
    return Put(to_item(key, item, expires_at=expires_at("case", item.at)))


def items(table: Table, number: str, now: Moment) -> list[CaseItem]:
    found = each(table, keys.case_partition(number), now, prefix=keys.CASE_ITEMS, strong=True)
    return [from_item(CaseItem, item) for item in found]


def summaries_erased(table: Table, number: str, now: Moment) -> list[Change]:
    """What colleagues wrote after speaking with the citizen."""
    found = each(table, keys.case_partition(number), now, prefix=keys.CASE_ITEMS, strong=True)
    told = [Key(item["pk"], item["sk"]) for item in found if item["what"] == "talked"]
    return [Change(key, set={"text": ""}, only_if=Present("pk")) for key in told]


# --- doors -------------------------------------------------------------------------------------


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


# --- another channel ---------------------------------------------------------------------------


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


# --- one-time codes ----------------------------------------------------------------------------


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


# --- how often ---------------------------------------------------------------------------------


def counted(what: str, who: str, most: int, now: Moment) -> Change:
    """One more within this hour. Fails when there were ``most``."""
    return Change(
        keys.guard(what, who, now[:13]),
        set={"expires_at": expires_at("guard", now)},
        add={"count": 1},
        only_if=any_of(Absent("count"), Below("count", most)),
    )
