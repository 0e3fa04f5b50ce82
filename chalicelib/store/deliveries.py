"""Deliveries: an answer on its way, with a due marker until nothing is owed any more."""

from chalicelib.domain.delivery import FINISHED, Delivery
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import attributes, from_item, to_item
from chalicelib.store.reading import get
from chalicelib.store.table import Absent, Change, Is, Item, Present, Put, Table, all_of


def find(table: Table, reply_id: str, now: Moment) -> Delivery | None:
    item = get(table, keys.delivery(reply_id), now)
    return None if item is None else from_item(Delivery, item)


def first(delivery: Delivery, now: Moment) -> Put:
    """A reply goes out once: the same reply id a second time fails."""
    key = keys.delivery(delivery.reply_id)
    expiry = expires_at("delivery", now)
    item = to_item(key, delivery, expires_at=expiry, **due_marker(delivery))
    return Put(item, only_if=Absent("pk"))


def due_marker(delivery: Delivery) -> Item:
    """Owed until the state is a finished one."""
    if delivery.state in FINISHED or delivery.due_at is None:
        return {}
    key = keys.delivery(delivery.reply_id)
    return keys.due(keys.DELIVERY_DUE, delivery.due_at, key)


def saved(before: Delivery, after: Delivery) -> Change:
    """Only what differs, and only if the state and attempt are still as read."""
    old = {**attributes(before), **due_marker(before)}
    new = {**attributes(after), **due_marker(after)}
    return Change(
        keys.delivery(after.reply_id),
        set={name: value for name, value in new.items() if old.get(name) != value},
        remove=tuple(sorted(old.keys() - new.keys())),
        only_if=all_of(Is("state", before.state), Is("attempts", before.attempts)),
    )


def erased(reply_id: str) -> Change:
    """The words and the address of an answer are gone; that it was sent stays."""
    key = keys.delivery(reply_id)
    return Change(key, set={"text": "", "to": ""}, only_if=Present("pk"))
