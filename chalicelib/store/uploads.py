"""How many files citizens brought to pages of ours: counted by ten minutes, then forgotten."""

from datetime import timedelta

from chalicelib.domain.moments import Moment, later, seconds
from chalicelib.store import keys
from chalicelib.store.table import Absent, Below, Change, any_of

KEPT = timedelta(minutes=30)
SLOT = len("2026-11-22T06:3")


def one_more(channel: str, account: str, whose: str, most: int, now: Moment) -> Change:
    """Count one file. The write fails when there were ``most`` already in these ten minutes."""
    ends = {"expires_at": seconds(later(now, KEPT))}
    free = any_of(Absent("files"), Below("files", most))
    place = keys.uploads(channel, account, whose, now[:SLOT])
    return Change(place, set=ends, add={"files": 1}, only_if=free)
