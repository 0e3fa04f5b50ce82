"""Cursors: how far each source was read, with a due marker for the next look."""

from chalicelib.domain.moments import Moment
from chalicelib.domain.polling import Source
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import attributes, from_item, to_item
from chalicelib.store.reading import get
from chalicelib.store.table import Absent, Change, Delete, Is, Item, Key, Put, Table


def key_of(source: Source) -> Key:
    return keys.cursor(source.channel, source.account, source.stream)


def find(table: Table, key: Key, now: Moment) -> Source | None:
    item = get(table, key, now)
    return None if item is None else from_item(Source, item)


def first(source: Source, now: Moment) -> Put:
    """Begin to read a source, when nobody does yet."""
    expiry = expires_at("cursor", now)
    item = to_item(key_of(source), source, expires_at=expiry, **due_marker(source))
    return Put(item, only_if=Absent("pk"))


def saved(before: Source, after: Source, now: Moment) -> Change:
    """Only what differs, and only if nobody read on meanwhile."""
    old = {**attributes(before), **due_marker(before)}
    new = {**attributes(after), **due_marker(after)}
    changed = {name: value for name, value in new.items() if old.get(name) != value}
    return Change(
        key_of(after),
        set={**changed, "expires_at": expires_at("cursor", now)},
        remove=tuple(sorted(old.keys() - new.keys())),
        only_if=Is("version", before.version),
    )


def forgotten(source: Source) -> Delete:
    """It is not read any more; fails when somebody read on meanwhile."""
    return Delete(key_of(source), only_if=Is("version", source.version))


def due_marker(source: Source) -> Item:
    return keys.due(keys.POLL_DUE, source.next_at, key_of(source))
