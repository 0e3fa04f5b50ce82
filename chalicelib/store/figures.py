"""Sums by minute, hour and day, made from facts: always written whole, never added to.

    FIGURE#minute#<UTC day>#0-3    <team>#counts#20:41        <team>#times#20:41
    FIGURE#hour#<UTC day>#0-3      <team>#counts#20           <team>#times#20
    FIGURE#day#<Dutch month>#0-3   <team>#counts#2026-11-22   <team>#times#2026-11-22
    FIGURE#waiting#<UTC day>#0-3   <team>#20:41      what stood on the team's lists then

How long things took (``~`` in the name of a count) lies apart: it is most of it, and most readers
want the counts. The sum of all teams is kept as a team of its own: no reader adds up teams.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from chalicelib.domain.figures import Counts
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.domain.waiting import Waiting
from chalicelib.store import keys
from chalicelib.store.codec import from_text, to_text
from chalicelib.store.reading import alive, each, get
from chalicelib.store.table import Delete, Item, Key, Operation, Put, Table

Grain = Literal["minute", "hour", "day"]
Part = Literal["counts", "times"]
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
    part: Part = "counts"

    def key(self, start: Start) -> Key:
        return keys.figure(self.grain, self.period, self.team, f"{self.part}#{start}")

    def times(self) -> "Series":
        """The same, of how long things took."""
        return replace(self, part="times")


def stored(table: Table, series: Series, span: tuple[Start, Start], now: Moment) -> Sums:
    """The sums that begin from one start up to and with another."""
    first, last = (series.key(start) for start in span)
    found = each(table, first.pk, now, between=(first.sk, f"{last.sk}~"))
    return {item["sk"].rpartition("#")[2]: counts_in(item) for item in found}


def written(series: Series, sums: Sums, stale: Iterable[Start]) -> Iterator[Operation]:
    """These sums as they now are; ``stale`` have nothing to tell any more."""
    expiry = expires_at("figure", f"{series.period[:7]}-28T00:00:00.000Z")
    for start, counts in sums.items():
        key = series.key(start)
        text = msgspec.json.encode(counts).decode()
        yield Put({"pk": key.pk, "sk": key.sk, "counts": text, "expires_at": expiry})
    for start in stale:
        yield Delete(series.key(start))


def write(table: Table, operations: Iterable[Operation]) -> None:
    """One by one: each sum stands by itself, and a transaction costs double."""
    for operation in operations:
        table.write(operation)


def counts_in(item: Item) -> Counts:
    return Counter(msgspec.json.decode(item["counts"], type=dict[str, int]))


def parted(sums: Sums) -> dict[Part, Sums]:
    """Counts, and how long things took, as they lie apart."""
    found: dict[Part, dict[Start, Counts]] = {"counts": {}, "times": {}}
    for start, counts in sums.items():
        times = Counter({name: count for name, count in counts.items() if "~" in name})
        plain = Counter({name: count for name, count in counts.items() if "~" not in name})
        found["counts"] |= {start: plain} if plain else {}
        found["times"] |= {start: times} if times else {}
    return dict(found)


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
