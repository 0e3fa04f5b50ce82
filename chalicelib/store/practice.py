"""Practice rounds and their lines. They exist only in the store of a service that practises."""

from chalicelib.domain.moments import Moment
from chalicelib.domain.practice import PracticeLine, PracticeRound
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each
from chalicelib.store.table import Absent, Change, Put, Table


def kept_round(round_: PracticeRound) -> Put:
    expiry = expires_at("practice", round_.started_at)
    return Put(to_item(keys.practice_round(round_.started_at), round_, expires_at=expiry))


def kept_line(line: PracticeLine) -> Put:
    expiry = expires_at("practice", line.round)
    return Put(to_item(keys.practice_line(line.round, line.number), line, expires_at=expiry))


def posted(line: PracticeLine, at: Moment) -> Change:
    """It was sent in. Fails when it was before."""
    key = keys.practice_line(line.round, line.number)
    return Change(key, set={"posted_at": at}, only_if=Absent("posted_at"))


def newest_round(table: Table, now: Moment) -> PracticeRound | None:
    """The round that runs, or ran last."""
    found = [from_item(PracticeRound, item) for item in each(table, keys.PRACTICE, now)]
    return max(found, key=lambda one: one.started_at, default=None)


def lines(table: Table, round_: PracticeRound, now: Moment) -> list[PracticeLine]:
    """All lines of a round, in their order."""
    partition = keys.practice_partition(round_.started_at)
    return [from_item(PracticeLine, item) for item in each(table, partition, now)]
