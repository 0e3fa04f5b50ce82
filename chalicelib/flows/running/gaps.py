"""Times in which we do not know that everything reached us: from when exactly, and until when."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.channels.offers import Polls
from chalicelib.domain.account import Account
from chalicelib.domain.health import UNREADABLE, Gap, Recovery, Watch, recovery_of
from chalicelib.domain.moments import Moment, later
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.reading_back import NotYet, comes_again, read_back
from chalicelib.store import watches
from chalicelib.store.table import ConditionFailed

SHOWN = timedelta(days=31)


def follow_gap(
    services: Services, account: Account, before: Watch, after: Watch, *, readable: bool
) -> None:
    """Begin a gap, or end the one that lasts. An account that is closed has none."""
    now = services.now()
    lasting = watches.open_gap(services.table, account.channel, account.account, now)
    if not readable and lasting is None:
        begin(services, before, after)
    if readable and lasting:
        end(services, account, lasting, after)


def begin(services: Services, before: Watch, after: Watch) -> None:
    """It began when we last knew that all was well, not when we noticed."""
    now = services.now()
    why = next(one for one in after.because if one in UNREADABLE)
    gap = Gap(
        channel=after.channel,
        account=after.account,
        since=before.readable_at or now,
        because=why,
    )
    try:
        services.table.write(watches.gap_opened(gap, now))
    except ConditionFailed:
        return  # another worker looked just now


def end(services: Services, account: Account, gap: Gap, after: Watch) -> None:
    """All is well again; what became of what was written meanwhile is told with it.

    Where it can be read afterwards the gap lasts until that was done.
    """
    try:
        caught_up = read_back(services, account, gap)
    except NotYet:
        return
    recovery: Recovery = "read_back" if caught_up else become_of(services, account, gap, after)
    now = services.now()
    try:
        services.table.write(*watches.gap_closed(replace(gap, until=now, recovery=recovery), now))
    except ConditionFailed:
        return  # another worker looked just now


def become_of(services: Services, account: Account, gap: Gap, after: Watch) -> Recovery:
    """What became of what was written meanwhile, as far as we can tell."""
    if comes_again(services, account, gap):
        return "delivered_again"
    now, channel = services.now(), services.channels[gap.channel]
    return recovery_of(
        gap,
        now,
        read=isinstance(channel, Polls),
        keeps=channel.rules.keeps,
        inbound_at=after.inbound_at,
    )


def gaps_of(services: Services, account: Account) -> list[Gap]:
    """The gaps of the last month, newest first."""
    now: Moment = services.now()
    since = later(now, -SHOWN)
    found = list(watches.gaps(services.table, account.channel, account.account, since, now))
    return found[::-1]
