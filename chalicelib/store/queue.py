"""The queue: what waits for a person. Every change is conditional on the version that was read."""

from dataclasses import dataclass

from chalicelib.domain.moments import Moment
from chalicelib.domain.queue_item import QueueItem, QueueRow
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import attributes, from_item, to_item
from chalicelib.store.reading import alive, each, get
from chalicelib.store.table import (
    Absent,
    Below,
    Change,
    Delete,
    Is,
    Item,
    Present,
    Put,
    Table,
    all_of,
    any_of,
)

LIFE = "life"
"""The list of life at risk, which every team reads."""

INDEX_KEYS = ("list_pk", "list_sk", "person_pk", "person_sk", "due_pk", "due_sk")


def find(table: Table, subject: str, now: Moment) -> QueueItem | None:
    item = get(table, keys.queue_item(subject), now)
    return None if item is None else from_item(QueueItem, item)


def index_keys(item: QueueItem) -> Item:
    """Where the item is listed, whose claim it is, and when the sweeper must look."""
    found = keys.listed(item.list_name, item.order)
    if item.claimed_by and item.claim_until:
        found |= keys.held(item.claimed_by, item.claim_until)
    if item.wakes_at:
        found |= keys.due(keys.QUEUE_DUE, item.wakes_at, keys.queue_item(item.subject))
    return found


def stored(item: QueueItem) -> Item:
    return {**attributes(item), **index_keys(item)}


def saved(before: QueueItem | None, after: QueueItem, now: Moment) -> Put | Change:
    """Only the attributes that differ, and only if nobody changed the item since ``before``."""
    expiry = expires_at("queue_item", now, after.channel)
    key = keys.queue_item(after.subject)
    if before is None:
        return Put(
            to_item(key, after, expires_at=expiry, **index_keys(after)), only_if=Absent("pk")
        )
    old, new = stored(before), stored(after)
    return Change(
        key,
        set={
            "expires_at": expiry,
            **{name: value for name, value in new.items() if old.get(name) != value},
        },
        remove=tuple(sorted(old.keys() - new.keys())),
        only_if=Is("version", before.version),
    )


def finished(item: QueueItem) -> Delete:
    """Nothing waits any more."""
    return Delete(keys.queue_item(item.subject), only_if=Is("version", item.version))


@dataclass(frozen=True, slots=True)
class RowPage:
    """Rows of one list, and where the next page begins."""

    rows: list[QueueRow]
    after: str | None


def page(table: Table, list_name: str, now: Moment, limit: int, after: str | None) -> RowPage:
    """One page of a list, most urgent first."""
    found = table.query(keys.list_partition(list_name), index="by_list", limit=limit, after=after)
    return RowPage([row_of(item) for item in found.items if alive(item, now)], found.after)


def row_of(item: Item) -> QueueRow:
    """A row; whose it is stands in its key."""
    return from_item(QueueRow, {**item, "subject": item["pk"].partition("#")[2]})


def whole_list(table: Table, list_name: str, now: Moment) -> list[QueueRow]:
    """All of a list in order, page after page."""
    found = each(table, keys.list_partition(list_name), now, index="by_list")
    return [row_of(item) for item in found]


def first_seen(item: QueueItem, at: Moment) -> Change:
    """Somebody opened an emergency. No version: seeing is not acting, and stops nobody."""
    earlier = Below("seen_at", item.at_risk_since or at)
    return Change(
        keys.queue_item(item.subject),
        set={"seen_at": at},
        only_if=all_of(Present("pk"), any_of(Absent("seen_at"), earlier)),
    )
