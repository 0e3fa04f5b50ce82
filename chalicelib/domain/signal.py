"""A signal: more comes in than is usual, of one search, topic or channel; told once, in words.

open ──the rise is over for half an hour──▶ past
 └── quiet until: somebody knows of it, and nobody is told again before then
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from chalicelib.domain.moments import Moment, later
from chalicelib.domain.rising import Rise

CALM = timedelta(minutes=30)
"""A rise that comes back within this time is the same one."""

MANY = 30
"""From so many messages above what is usual on, the crisis switch is proposed."""

Proposal = Literal["look", "incident", "crisis"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """``series`` is what rises: ``channel/x``, ``topic/brand``, ``search/<id>``.

    ``usual`` and ``spread`` are in hundredths, since the table holds no fractions. ``count`` in
    ``minutes`` is how it was at its highest; ``told_at`` is when people were told.
    """

    series: str
    since: Moment
    last_at: Moment
    count: int
    minutes: int
    usual: int
    spread: int
    quiet_until: Moment | None = None
    quiet_by: str = ""
    told_at: Moment | None = None
    number: int = 1

    @property
    def kind(self) -> str:
        return self.series.partition("/")[0]

    @property
    def of(self) -> str:
        return self.series.partition("/")[2]

    def is_quiet(self, now: Moment) -> bool:
        """Whether somebody said that nobody need be told now."""
        return self.quiet_until is not None and now < self.quiet_until

    @property
    def common(self) -> tuple[int, int]:
        """From how many to how many usually come in that time, in whole messages."""
        return max(0, (self.usual - self.spread) // 100), -(-(self.usual + self.spread) // 100)

    @property
    def extra(self) -> float:
        """How many more than is usual."""
        return self.count - self.usual / 100


def opened(series: str, rise: Rise, now: Moment) -> Signal:
    """It begins now, and began so many minutes ago."""
    return Signal(
        series=series,
        since=later(now, -timedelta(minutes=rise.minutes)),
        last_at=now,
        count=rise.count,
        minutes=rise.minutes,
        usual=round(rise.usual * 100),
        spread=round(rise.spread * 100),
    )


def goes_on(signal: Signal, rise: Rise, now: Moment) -> Signal:
    """It is still there; what is remembered is how it was at its highest."""
    after = replace(signal, last_at=now, number=signal.number + 1)
    if rise.count - rise.usual <= signal.extra:
        return after
    fresh = opened(signal.series, rise, now)
    return replace(
        after, count=fresh.count, minutes=fresh.minutes, usual=fresh.usual, spread=fresh.spread
    )


def is_over(signal: Signal, now: Moment) -> bool:
    """Whether nothing rose for half an hour."""
    return later(signal.last_at, CALM) <= now


def proposal(signal: Signal) -> Proposal:
    """What a person might do: a topic is looked at as an incident, a flood as a crisis."""
    if signal.extra >= MANY:
        return "crisis"
    return "incident" if signal.kind == "topic" else "look"
