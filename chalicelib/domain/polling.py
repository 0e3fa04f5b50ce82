"""Reading a platform page by page: where we are, when we look again, and what it has cost.

    ┌── page kept ──▶ cursor moves, next look at the usual time
due ┼── throttled ──▶ next look exactly when the platform said
    ├── no answer ──▶ next look later and later
    └── no access, or no budget left ──▶ alarm; next look in a while, nothing is skipped
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.domain.account import Use
from chalicelib.domain.moments import Moment, later

LEASE = timedelta(seconds=60)
"""Longer than the HTTP time-outs together: a lease that ends means that its worker died."""

A_EURO = 1_000_000
"""In the unit of cost: items of the table hold whole numbers only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One stream of one account. ``version`` grows with every write, which makes them exclusive.

    ``cursor`` is the channel's own text. ``error`` is what went wrong last, in Dutch, None when
    nothing did, and ``lost`` that it was for want of access. ``microeuros`` is what ``month``
    (``2026-11``) has cost, ``today`` what the (UTC) day ``day`` has.
    """

    channel: str
    account: str
    stream: str
    use: Use
    next_at: Moment
    version: int = 0
    cursor: str | None = None
    last_success_at: Moment | None = None
    error: str | None = None
    lost: bool = False
    failures: int = 0
    month: str = ""
    microeuros: int = 0
    day: str = ""
    today: int = 0


def spent(source: Source, now: Moment) -> int:
    """What this month has cost so far."""
    return source.microeuros if source.month == now[:7] else 0


def spent_today(source: Source, now: Moment) -> int:
    """What this (UTC) day has cost so far."""
    return source.today if source.day == now[:10] else 0


def leased(source: Source, now: Moment) -> Source:
    """Mine for a minute."""
    return replace(source, version=source.version + 1, next_at=later(now, LEASE))


def moved(source: Source, now: Moment, *, cursor: str, after: timedelta, microeuros: int) -> Source:
    """A page is safe: go on from here, next time after ``after``."""
    return replace(
        source,
        version=source.version + 1,
        cursor=cursor,
        next_at=later(now, after),
        last_success_at=now,
        error=None,
        lost=False,
        failures=0,
        month=now[:7],
        microeuros=spent(source, now) + microeuros,
        day=now[:10],
        today=spent_today(source, now) + microeuros,
    )


def stopped(
    source: Source, now: Moment, *, error: str, after: timedelta, lost: bool = False
) -> Source:
    """It did not work: the cursor stays, so that nothing is skipped."""
    return replace(
        source,
        version=source.version + 1,
        next_at=later(now, after),
        error=error,
        lost=lost,
        failures=source.failures + 1,
    )
