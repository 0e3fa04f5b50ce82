"""Cases: a number, its conversations, and what happened to it."""

import secrets
from datetime import timedelta
from typing import Any

from chalicelib.domain.case import Case, CaseItem, CaseLink, News
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, Change, Is, Key, Present, Put, Table

ERASURES = "erasures"
"""The list of requests to erase that wait for a person."""

SOON = timedelta(seconds=60)


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
