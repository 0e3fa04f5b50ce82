"""Canned replies, in the directory. Every change is conditional on the version that was read."""

from chalicelib.domain.canned import CannedReply
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.table import Absent, Delete, Is, Put, Table


def all_canned(table: Table) -> list[CannedReply]:
    found = table.query(keys.DIRECTORY, prefix=keys.CANNED)
    return [from_item(CannedReply, item) for item in found.items]


def find(table: Table, id_: str) -> CannedReply | None:
    item = table.get(keys.canned(id_))
    return None if item is None else from_item(CannedReply, item)


def kept(before: CannedReply | None, after: CannedReply) -> Put:
    """New, or changed from the version that was read."""
    condition = Absent("pk") if before is None else Is("version", before.version)
    return Put(to_item(keys.canned(after.id), after), only_if=condition)


def gone(before: CannedReply) -> Delete:
    return Delete(keys.canned(before.id), only_if=Is("version", before.version))
