"""Sums by minute, hour and day, made from facts: always written whole, never added to.

    FIGURE#minute#<UTC day>#0-3    <team>#20:41
    FIGURE#hour#<UTC day>#0-3      <team>#20
    FIGURE#day#<Dutch month>#0-3   <team>#2026-11-22
    FIGURE#waiting#<UTC day>#0-3   <team>#20:41      what stood on the team's lists then

The sum of all teams is kept as a team of its own, so that no reader adds up teams.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from chalicelib.domain.figures import Counts, added
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.domain.waiting import Waiting
from chalicelib.store import keys
from chalicelib.store.codec import from_text, to_text
from chalicelib.store.reading import alive, each, get
from chalicelib.store.table import Delete, Item, Operation, Put, Table

Grain = Literal["minute", "hour", "day"]
WAITING = "waiting"

Start = str
"""Where a sum begins, as in its key: ``20:41``, ``20`` or ``2026-11-22``."""

Sums = Mapping[Start, Counts]


@dataclass(frozen=True, slots=True)
class Series:
    """One team's sums of one grain. ``period`` is what a partition holds (see above)."""

    grain: Grain
    period: str
    team: str


def stored(table: Table, series: Series, span: tuple[Start, Start], now: Moment) -> Sums:
    """The sums that begin from one start up to and with another."""
    partition = keys.figures_partition(series.grain, series.period, series.team)
    first, last = (f"{series.team}#{start}" for start in span)
    found = each(table, partition, now, between=(first, f"{last}~"))
    return {item["sk"].rpartition("#")[2]: counts_in(item) for item in found}


def written(series: Series, sums: Sums, stale: Iterable[Start]) -> Iterator[Operation]:
    """These sums as they now are; ``stale`` have nothing to tell any more."""
    expiry = expires_at("figure", f"{series.period[:7]}-28T00:00:00.000Z")
    for start, counts in sums.items():
        key = keys.figure(series.grain, series.period, series.team, start)
        text = msgspec.json.encode(counts).decode()
        yield Put({"pk": key.pk, "sk": key.sk, "counts": text, "expires_at": expiry})
    for start in stale:
        yield Delete(keys.figure(series.grain, series.period, series.team, start))


def write(table: Table, operations: Iterable[Operation]) -> None:
    """One by one: each sum stands by itself, and a transaction costs double."""
    for operation in operations:
        table.write(operation)


def counts_in(item: Item) -> Counts:
    return added([msgspec.json.decode(item["counts"], type=dict[str, int])])


# --- what waits --------------------------------------------------------------------------------


def waits(waiting: Waiting, at: Moment) -> Put:
    """What stood on a team's lists at a moment."""
    key = keys.figure(WAITING, at[:10], waiting.team, at[11:16])
    expiry = expires_at("figure", at)
    return Put({"pk": key.pk, "sk": key.sk, "waiting": to_text(waiting), "expires_at": expiry})


def newest_waiting(table: Table, team: str, now: Moment) -> Waiting | None:
    """What was last counted of a team's lists; none where nothing waited since midnight (UTC)."""
    partition = keys.figures_partition(WAITING, now[:10], team)
    page = table.query(partition, prefix=f"{team}#", reverse=True, limit=1)
    found = next((item for item in page.items if alive(item, now)), None)
    return from_text(Waiting, found["waiting"]) if found else None


# --- how old it is -----------------------------------------------------------------------------


def counted(at: Moment) -> Put:
    """The clock counted everything that had happened at a moment."""
    expiry = expires_at("figure", at)
    key = keys.COUNTED
    return Put({"pk": key.pk, "sk": key.sk, "at": at, "expires_at": expiry})


def counted_at(table: Table, now: Moment) -> Moment | None:
    """When the clock last counted."""
    item = get(table, keys.COUNTED, now, strong=False)
    return None if item is None else item["at"]
