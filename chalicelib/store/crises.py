"""Times that the crisis switch was on or proposed: what counts now, and what is over."""

from chalicelib.domain.crisis import Crisis
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import alive, each, get
from chalicelib.store.table import Absent, Delete, Is, Operation, Put, Table

LAST = 20
"""How many of those that are over a page shows."""


def standing(table: Table, now: Moment, *, strong: bool = False) -> list[Crisis]:
    """All that are on or proposed, the oldest first."""
    found = each(table, keys.CRISES, now, prefix=keys.CRISIS_NOW, strong=strong)
    return sorted((from_item(Crisis, item) for item in found), key=lambda one: one.at)


def find(table: Table, id_: str, now: Moment) -> Crisis | None:
    """One that is on or proposed."""
    item = get(table, keys.crisis(id_), now)
    return None if item is None else from_item(Crisis, item)


def over(table: Table, now: Moment) -> list[Crisis]:
    """The last ones that are over, the latest first."""
    page = table.query(keys.CRISES, prefix=keys.CRISIS_OVER, reverse=True, limit=LAST)
    return [from_item(Crisis, item) for item in page.items if alive(item, now)]


def begun(crisis: Crisis) -> Put:
    """It is there, unless it was already."""
    return Put(to_item(keys.crisis(crisis.id), crisis, **expiry(crisis)), only_if=Absent("pk"))


def changed(before: Crisis, after: Crisis) -> Put:
    """Only if nobody changed it since."""
    item = to_item(keys.crisis(after.id), after, **expiry(after))
    return Put(item, only_if=Is("version", before.version))


def ended(before: Crisis, after: Crisis) -> list[Operation]:
    """It is over, only if nobody changed it since; what it was stays in the list of those."""
    key = keys.crisis_over(after.ended_at or after.at, after.id)
    return [
        Delete(keys.crisis(before.id), only_if=Is("version", before.version)),
        Put(to_item(key, after, **expiry(after))),
    ]


def expiry(crisis: Crisis) -> dict[str, int]:
    return {"expires_at": expires_at("crisis", crisis.ended_at or crisis.at)}
