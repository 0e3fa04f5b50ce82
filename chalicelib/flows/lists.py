"""A whole list of the queue, kept warm in this process: counting ten thousand rows is quick.

The table stays the truth: what the list's changes name is read again at every look, and all of it
once a minute, so that a change that was never told is missed for no longer. Life at risk is not
read here: for that nobody waits a minute.
"""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import timedelta
from weakref import WeakKeyDictionary

from chalicelib.domain.moments import Moment, later
from chalicelib.domain.queue_item import QueueItem, QueueRow
from chalicelib.flows.services import Services
from chalicelib.store import changes, queue
from chalicelib.store.table import Table

READ_AGAIN = timedelta(minutes=1)

OVERLAP = timedelta(seconds=10)
"""Changes are told after they are made, by clocks that differ a little."""

NAMES = tuple(field.name for field in fields(QueueRow))


@dataclass(frozen=True, slots=True)
class Kept:
    """A list as it was at ``seen_at``; read whole at ``read_at``. Replaced, never changed."""

    rows: dict[str, QueueRow]
    order: list[tuple[str, str]]
    read_at: Moment
    seen_at: Moment


_KEPT: WeakKeyDictionary[Table, dict[str, Kept]] = WeakKeyDictionary()


def rows_of(services: Services, list_name: str) -> list[QueueRow]:
    """All rows of a list in its order. Raises ``ValueError`` for life at risk."""
    if list_name == queue.LIFE:
        raise ValueError("life at risk is always read from the table")
    lists = _KEPT.setdefault(services.table, {})
    now = services.now()
    before = lists.get(list_name)
    if before and before.seen_at <= now < later(before.read_at, READ_AGAIN):
        kept = renewed(services, list_name, before, now)
    else:
        kept = read_whole(services, list_name, now)
    lists[list_name] = kept
    return [kept.rows[subject] for _, subject in kept.order]


def read_whole(services: Services, list_name: str, now: Moment) -> Kept:
    found = queue.whole_list(services.table, list_name, now)
    order = [(row.order, row.subject) for row in found]
    return Kept({row.subject: row for row in found}, order, read_at=now, seen_at=now)


def renewed(services: Services, list_name: str, before: Kept, now: Moment) -> Kept:
    """With what changed since; the items themselves are read, so no index can lag."""
    since = later(before.seen_at, -OVERLAP)
    changed = changes.subjects(services.table, list_name, since, now)
    if not changed:
        return Kept(before.rows, before.order, before.read_at, now)
    items = (queue.find(services.table, subject, now) for subject in changed)
    fresh = [row_of(item) for item in items if item and item.list_name == list_name]
    return Kept(*put_in(before, changed, fresh), before.read_at, now)


def put_in(
    before: Kept, changed: set[str], fresh: Iterable[QueueRow]
) -> tuple[dict[str, QueueRow], list[tuple[str, str]]]:
    """The rows and their order with these in the place of what they were."""
    rows = {subject: row for subject, row in before.rows.items() if subject not in changed}
    order = [place for place in before.order if place[1] not in changed]
    for row in fresh:
        rows[row.subject] = row
        insort(order, (row.order, row.subject))
    return rows, order


def row_of(item: QueueItem) -> QueueRow:
    """The row that the list shows of an item."""
    return QueueRow(**{name: getattr(item, name) for name in NAMES})
