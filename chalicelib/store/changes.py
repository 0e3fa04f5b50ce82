"""What changed on a list, minute by minute: what a hint's cursor refers to, and polling reads."""

from datetime import timedelta

from chalicelib.domain.moments import Moment, instant, moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.reading import each
from chalicelib.store.table import Delete, Put, Table

LONGEST_LOOK_BACK = timedelta(minutes=10)
"""A page that was away longer fetches everything anyway."""


def changed(list_name: str, subject: str, at: Moment) -> Put:
    key = keys.change(list_name, at, subject)
    return Put({"pk": key.pk, "sk": key.sk, "expires_at": expires_at("change", at)})


def newest(table: Table, list_names: tuple[str, ...], after: Moment, now: Moment) -> Moment:
    """The moment of the last change on these lists after ``after``; ``after`` when none."""
    at = max(instant(after), instant(now) - LONGEST_LOOK_BACK)
    cursor = after
    while moment(at)[:16] <= now[:16]:
        for name in list_names:
            for item in each(table, keys.change_partition(name, moment(at)[:16]), now):
                cursor = max(cursor, item["sk"].partition("#")[0])
        at += timedelta(minutes=1)
    return cursor


def marks(table: Table, list_name: str, after: Moment, now: Moment) -> frozenset[str]:
    """A mark of each change of this list at or after a moment, at most ten minutes ago."""
    at = max(instant(after), instant(now) - LONGEST_LOOK_BACK)
    found: set[str] = set()
    while moment(at)[:16] <= now[:16]:
        for item in each(table, keys.change_partition(list_name, moment(at)[:16]), now):
            if item["sk"] >= after:
                found.add(item["sk"])
        at += timedelta(minutes=1)
    return frozenset(found)


def subject_of(mark: str) -> str:
    """What changed."""
    return mark.partition("#")[2]


def connected(team: str, connection: str, now: Moment) -> Put:
    """An open socket of somebody in this team."""
    key = keys.socket(team, connection)
    return Put({"pk": key.pk, "sk": key.sk, "expires_at": expires_at("socket", now)})


def disconnected(team: str, connection: str) -> Delete:
    return Delete(keys.socket(team, connection))


def connections(table: Table, team: str, now: Moment) -> list[str]:
    return [item["sk"] for item in each(table, f"SOCKET#{team}", now)]
