"""Deliveries that we refused, counted by account, hour and reason: an operator must see them.

They are counted where they happen, by addition: a refusal is never tried again by us, and nothing
of the refused body is kept.
"""

from dataclasses import dataclass

from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item
from chalicelib.store.reading import each
from chalicelib.store.table import Change, Key, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """How often an account's deliveries were refused for one reason in one hour."""

    channel: str
    account: str
    hour: str
    reason: str
    count: int
    last_at: Moment


def refused(channel: str, account: str, reason: str, at: Moment) -> Change:
    key = Key(keys.refusals(at[:10]), f"{at[:13]}#{channel}#{keys.bounded(account)}#{reason}")
    named = {"channel": channel, "account": keys.bounded(account), "reason": reason}
    return Change(
        key,
        set={
            **named,
            "hour": at[:13],
            "last_at": at,
            "expires_at": expires_at("refusal", at),
        },
        add={"count": 1},
    )


def of_day(table: Table, day: str, now: Moment) -> list[Refusal]:
    """All refusals of a day (``2026-11-21``), by hour."""
    return [from_item(Refusal, item) for item in each(table, keys.refusals(day), now)]
