"""Searches: each as it is now, and all that happened to it. Due at its end, so that it ends."""

from chalicelib.domain.listening import Search, Step
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, Is, Item, Key, Operation, Put, Table


def taken(before: Search | None, step: Step) -> tuple[Operation, Operation]:
    """The search from now on, and the line of its register; fails when somebody was faster."""
    search = step.search
    expiry = expires_at("search", search.until)
    only_if = Is("number", before.number) if before else Absent("pk")
    key, line = keys.search(search.id), keys.search_step(search.id, search.number)
    item = to_item(key, search, expires_at=expiry, **due_marker(search))
    return Put(item, only_if=only_if), Put(
        to_item(line, step, expires_at=expiry), only_if=Absent("pk")
    )


def due_marker(search: Search) -> Item:
    """What waits or runs is owed its end."""
    if search.state not in ("asked", "active"):
        return {}
    return keys.due(keys.SEARCH_DUE, search.until, keys.search(search.id))


def find(table: Table, id_: str, now: Moment, *, strong: bool = True) -> Search | None:
    item = get(table, keys.search(id_), now, strong=strong)
    return None if item is None else from_item(Search, item)


def every(table: Table, now: Moment) -> list[Search]:
    """All of them; there are some dozens."""
    return [from_item(Search, item) for item in each(table, keys.SEARCHES, now)]


def steps(table: Table, id_: str, now: Moment) -> list[Step]:
    """What happened to a search, newest first."""
    found = each(table, keys.search_steps(id_), now, strong=True)
    return [from_item(Step, item) for item in found][::-1]


def turned_away(by: str, kinds: tuple[str, ...], at: Moment) -> Put:
    """Somebody asked for what is not allowed. What they asked is not kept: it names a person."""
    key = Key(keys.turned_away(at[:7]), f"{at}#{by}")
    expiry = expires_at("search", at)
    return Put({"pk": key.pk, "sk": key.sk, "by": by, "kinds": list(kinds), "expires_at": expiry})


def turned_away_in(table: Table, month: str, now: Moment) -> list[Item]:
    """By whom, and why not."""
    return list(each(table, keys.turned_away(month), now))
