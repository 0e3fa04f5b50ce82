"""Who renews an account's keys now: one process at a time."""

from datetime import timedelta

from chalicelib.domain.moments import Moment, later, seconds
from chalicelib.store import keys
from chalicelib.store.table import Absent, Below, Put, any_of


def leased(channel: str, account: str, now: Moment, lease: timedelta) -> Put:
    """Mine for a while. The write fails when somebody else has it."""
    until = later(now, lease)
    key = keys.renewal(channel, account)
    item = {"pk": key.pk, "sk": key.sk, "until": until, "expires_at": seconds(until)}
    return Put(item, only_if=any_of(Absent("pk"), Below("until", now)))
