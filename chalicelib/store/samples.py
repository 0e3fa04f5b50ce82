"""What was drawn to be judged: one sample a team and day, with a lot for each message."""

from chalicelib.domain.assessment import Urgency
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.domain.sample import Lot, Sample, counted
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, Change, Key, Operation, Present, Put, Table, all_of


def find(table: Table, team: str, day: str, now: Moment) -> Sample | None:
    item = get(table, keys.sample(team, day), now, strong=False)
    return None if item is None else from_item(Sample, item)


def drawn(sample: Sample, lots: list[Lot]) -> list[Operation]:
    """The sample with all its lots, unless somebody drew it before."""
    expiry = expires_at("sample", sample.drawn_at)
    own = to_item(keys.sample(sample.team, sample.day), sample, expires_at=expiry)
    puts = [Put(to_item(key_of(one), one, expires_at=expiry)) for one in lots]
    return [Put(own, only_if=Absent("pk")), *puts]


def of_team(table: Table, team: str, since: str, now: Moment) -> list[Sample]:
    """The samples of a team from this day on, oldest first."""
    partition = keys.sample(team, since).pk
    found = each(table, partition, now, between=(since, now[:10]))
    return [from_item(Sample, item) for item in found]


def lots(table: Table, team: str, day: str, now: Moment) -> list[Lot]:
    """Every lot of a sample, in the order of judging."""
    partition = keys.lot_partition(team, day)
    return [from_item(Lot, item) for item in each(table, partition, now, strong=True)]


def find_lot(table: Table, team: str, day: str, order: str, now: Moment) -> Lot | None:
    item = get(table, keys.lot(team, day, order), now)
    return None if item is None else from_item(Lot, item)


def done(lot: Lot, urgency: Urgency | None, by: str, at: Moment) -> list[Operation]:
    """The lot is judged, once, and counted with the same write."""
    said = {"urgency": urgency} if urgency else {}
    judged = Change(
        key_of(lot),
        set={"at": at, "by": by, **said},
        only_if=all_of(Present("pk"), Absent("at")),
    )
    sums = counted(urgency, raised=lot.raised) if lot.source == "sample" else {}
    if not sums:
        return [judged]
    sample = keys.sample(lot.team, lot.day)
    return [judged, Change(sample, add=sums, only_if=Present("pk"))]


def key_of(lot: Lot) -> Key:
    return keys.lot(lot.team, lot.day, lot.order)
