"""Incidents on their way to another team: one each, owed until what waits of it has followed."""

from chalicelib.domain.handover import Handover
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.envelopes import PATIENCE
from chalicelib.store.reading import get
from chalicelib.store.table import Change, Check, Delete, Is, Item, Key, Put, Table, all_of


def find(table: Table, incident: str, now: Moment) -> Handover | None:
    """The one that is owed."""
    item = get(table, keys.handover(incident), now)
    return None if item is None else from_item(Handover, item)


def owed(one: Handover) -> Put:
    """From now on, in the place of an earlier one. To be written with the incident's own item."""
    key = keys.handover(one.incident)
    expiry = expires_at("incident", one.at)
    return Put(to_item(key, one, expires_at=expiry, **going_on(key, one.at)))


def going_on(key: Key, at: Moment) -> Item:
    """When somebody must look, if nobody did."""
    return keys.due(keys.HANDOVER_DUE, later(at, PATIENCE), key)


def still_owed(one: Handover) -> Check:
    """The incident did not go further meanwhile, and not all has followed yet."""
    return Check(keys.handover(one.incident), only_if=Is("id", one.id))


def looked_at(one: Handover, after: str, now: Moment) -> Change:
    """Its conversations up to this one. Fails when another worker was first, or it went further."""
    key = keys.handover(one.incident)
    as_read = all_of(Is("id", one.id), Is("after", one.after))
    return Change(key, set={"after": after, **going_on(key, now)}, only_if=as_read)


def ended(one: Handover) -> Delete:
    """All that could follow did. Fails likewise."""
    as_read = all_of(Is("id", one.id), Is("after", one.after))
    return Delete(keys.handover(one.incident), only_if=as_read)
