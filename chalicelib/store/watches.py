"""What was recorded about our access to each account, and the gaps in what reached us."""

from collections.abc import Iterator
from typing import Any

from chalicelib.domain.health import Gap, Watch
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import attributes, from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, Change, Delete, Key, Present, Put, Table


def key_of(watch: Watch) -> Key:
    return keys.watch(watch.channel, watch.account)


def find(table: Table, channel: str, account: str, now: Moment) -> Watch:
    """What is known; a blank record where nothing is yet."""
    item = get(table, keys.watch(channel, account), now)
    return from_item(Watch, item) if item else Watch(channel=channel, account=account)


def every(table: Table, now: Moment) -> dict[tuple[str, str], Watch]:
    """All of them, by channel and account."""
    found = (from_item(Watch, item) for item in each(table, keys.WATCHES, now))
    return {(one.channel, one.account): one for one in found}


def saved(before: Watch, after: Watch, now: Moment) -> Change:
    """Only what differs: who delivers, checks and takes in each write parts of their own."""
    old, new = attributes(before), attributes(after)
    changed = {name: value for name, value in new.items() if old.get(name) != value}
    return noted(after, now, remove=tuple(sorted(old.keys() - new.keys())), **changed)


def noted(watch: Watch, now: Moment, remove: tuple[str, ...] = (), **facts: Any) -> Change:
    """Record some facts of an account."""
    named = {"channel": watch.channel, "account": watch.account}
    lasting = {"expires_at": expires_at("watch", now)}
    return Change(key_of(watch), set={**named, **facts, **lasting}, remove=remove)


# --- gaps --------------------------------------------------------------------------------------


def open_gap(table: Table, channel: str, account: str, now: Moment) -> Gap | None:
    """The gap that lasts, if there is one."""
    item = get(table, keys.open_gap(channel, account), now)
    return None if item is None else from_item(Gap, item)


def gap_opened(gap: Gap, now: Moment) -> Put:
    """It begins. Fails when one lasts already."""
    item = to_item(keys.open_gap(gap.channel, gap.account), gap, expires_at=expires_at("gap", now))
    return Put(item, only_if=Absent("pk"))


def gap_closed(gap: Gap, now: Moment) -> tuple[Put, Delete]:
    """It is over: into the list of gaps, under the moment at which it began.

    Fails when somebody closed it already.
    """
    key = keys.gap(gap.channel, gap.account, gap.since)
    kept = Put(to_item(key, gap, expires_at=expires_at("gap", now)))
    place = keys.open_gap(gap.channel, gap.account)
    return kept, Delete(place, only_if=Present("pk"))


def gaps(table: Table, channel: str, account: str, since: Moment, now: Moment) -> Iterator[Gap]:
    """The gaps of an account that began after ``since``, oldest first; the open one last."""
    partition = keys.gaps_partition(channel, account)
    for item in each(table, partition, now, between=(since, f"{keys.OPEN_GAP}~")):
        yield from_item(Gap, item)
