"""A whole list of the queue, kept warm in this process: counting ten thousand rows is quick.

The table stays the truth: what the list's changes name is read again at every look, and all of it
once a minute, stretch by stretch so that no look pays for the whole; a change that was never told
is missed for no longer. Life at risk is not read here: for that nobody waits a minute.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from math import ceil
from operator import itemgetter
from weakref import WeakKeyDictionary

from chalicelib.domain.moments import Moment, instant, later
from chalicelib.domain.queue_item import QueueItem, QueueRow
from chalicelib.flows.services import Services
from chalicelib.store import changes, queue
from chalicelib.store.table import Table

READ_AGAIN = timedelta(minutes=1)

OVERLAP = timedelta(seconds=10)
"""Changes are told after they are made, by clocks that differ a little."""

STRETCH = 500
"""Rows that are worth a question to the table; a list no longer than this is read at once."""

NAMES = tuple(field.name for field in fields(QueueRow))


@dataclass(frozen=True, slots=True)
class Kept:
    """A list as it was at ``seen_at``. Replaced, never changed.

    ``read_at`` is when reading it again began; that came up to the row ``last``, where the table's
    cursor is ``after``. ``marks`` are the latest changes, of which the items were read.
    """

    rows: dict[str, QueueRow]
    order: list[tuple[str, str]]
    read_at: Moment
    seen_at: Moment
    last: str = ""
    after: str | None = None
    marks: frozenset[str] = frozenset()


_KEPT: WeakKeyDictionary[Table, dict[str, Kept]] = WeakKeyDictionary()


def rows_of(services: Services, list_name: str) -> list[QueueRow]:
    """All rows of a list in its order. Raises ``ValueError`` for life at risk."""
    if list_name == queue.LIFE:
        raise ValueError("life at risk is always read from the table")
    lists = _KEPT.setdefault(services.table, {})
    now = services.now()
    before = lists.get(list_name)
    if before and before.seen_at <= now < later(before.seen_at, READ_AGAIN):
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
    """With the stretch that is due, and what changed since.

    What is named as changed is read as the item itself, so that no lag of the index shows; once for
    each change, however often somebody looks.
    """
    kept = stretched(services, list_name, before, now)
    since = later(before.seen_at, -OVERLAP)
    marks = changes.marks(services.table, list_name, since, now)
    known = {mark for mark in before.marks if mark < before.seen_at}
    changed = {changes.subject_of(mark) for mark in marks - known}
    kept = replace(kept, seen_at=now, marks=marks)
    if not changed:
        return kept
    items = (queue.find(services.table, subject, now) for subject in changed)
    fresh = [row_of(item) for item in items if item and item.list_name == list_name]
    return put_in(kept, changed, fresh)


def stretched(services: Services, list_name: str, before: Kept, now: Moment) -> Kept:
    """With as many rows read again as the time since this round began asks for."""
    passed = (instant(now) - instant(before.read_at)) / READ_AGAIN
    begin = place_behind(before.order, before.last) if before.last else 0
    due = ceil(len(before.order) * min(passed, 1)) - begin
    if due < STRETCH and passed < 1:
        return before
    page = queue.page(services.table, list_name, now, max(due, STRETCH), before.after)
    if page.after and not page.rows:
        return read_whole(services, list_name, now)  # all of it expired: no row to go on from
    last = page.rows[-1].order if page.after else ""
    end = place_behind(before.order, last) if last else len(before.order)
    read = {subject for _, subject in before.order[begin:end]}
    kept = put_in(before, read | {row.subject for row in page.rows}, page.rows)
    began_at = before.read_at if last else now
    return replace(kept, read_at=began_at, last=last, after=page.after if last else None)


def place_behind(order: list[tuple[str, str]], last: str) -> int:
    """Where the rows behind this one begin."""
    return bisect_right(order, last, key=itemgetter(0))


def put_in(before: Kept, changed: set[str], fresh: Iterable[QueueRow]) -> Kept:
    """The list with these in the place of what they were."""
    rows = {subject: row for subject, row in before.rows.items() if subject not in changed}
    order = [place for place in before.order if place[1] not in changed]
    for row in fresh:
        rows[row.subject] = row
        insort(order, (row.order, row.subject))
    return replace(before, rows=rows, order=order)


def row_of(item: QueueItem) -> QueueRow:
    """The row that the list shows of an item."""
    return QueueRow(**{name: getattr(item, name) for name in NAMES})
