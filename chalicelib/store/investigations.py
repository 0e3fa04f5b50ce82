"""What citizens looked into by themselves: one item in the partition of their case."""

from chalicelib.domain.investigation import Investigation
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import get
from chalicelib.store.table import Absent, Delete, Is, Put, Table


def find(table: Table, number: str, now: Moment) -> Investigation | None:
    item = get(table, keys.investigation(number), now)
    return None if item is None else from_item(Investigation, item)


def saved(before: Investigation | None, after: Investigation) -> Put:
    """Fails where it was saved elsewhere meanwhile."""
    unchanged = Is("saved_at", before.saved_at) if before else Absent("pk")
    item = to_item(
        keys.investigation(after.number), after, expires_at=expires_at("case", after.saved_at)
    )
    return Put(item, only_if=unchanged)


def gone(number: str) -> Delete:
    return Delete(keys.investigation(number))
