"""Every account as an operator sees it: its state, why, its approvals and its gaps."""

from collections import Counter
from dataclasses import dataclass

from chalicelib.domain.account import Account
from chalicelib.domain.approval import Ending, ends_soon
from chalicelib.domain.health import WORST_FIRST, Gap, State, Watch
from chalicelib.domain.polling import Source
from chalicelib.domain.principal import Principal
from chalicelib.flows.running.checking import budget_of, sources_of
from chalicelib.flows.running.gaps import gaps_of
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.freshness import euros
from chalicelib.store import alarms, directory, watches
from chalicelib.store.alarms import Alarm

SHOWN_ORDER: tuple[State, ...] = (
    "healthy", "degraded", "silent", "access_lost", "not_approved",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """One account. ``checked`` is false until it was looked at; then its state says nothing yet."""

    account: Account
    watch: Watch
    sources: tuple[Source, ...]
    gaps: list[Gap]
    endings: list[Ending]
    budget_left: float | None

    @property
    def checked(self) -> bool:
        return self.watch.checked_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelsView:
    """All accounts, what is worst first, closed ones last; and what stands in the banner."""

    states: list[ChannelState]
    counts: dict[State, int]
    alarms: list[Alarm]


def view_channels(services: Services, principal: Principal) -> ChannelsView:
    """How every channel is."""
    principal.must_be_allowed_to("read_ledger")
    now = services.now()
    known = watches.every(services.table, now)
    found = [
        one_state(services, account, known.get((account.channel, account.account)))
        for account in directory.accounts(services.table)
    ]
    counts = Counter(one.watch.state for one in found if one.checked)
    return ChannelsView(
        states=sorted(found, key=order),
        counts={state: counts[state] for state in SHOWN_ORDER},
        alarms=alarms.standing(services.table),
    )


def one_state(services: Services, account: Account, watch: Watch | None) -> ChannelState:
    """One account with all that is known of it."""
    budget = budget_of(services, account)
    return ChannelState(
        account=account,
        watch=watch or Watch(channel=account.channel, account=account.account),
        sources=sources_of(services, account),
        gaps=gaps_of(services, account),
        endings=ends_soon(account, services.now()),
        budget_left=None if budget is None else euros(max(0, budget)),
    )


def order(one: ChannelState) -> tuple[int, str, str]:
    """Closed is a decision, not a fault: it goes to the end."""
    state = one.watch.state
    rank = len(WORST_FIRST) if state == "not_approved" else WORST_FIRST.index(state)
    return rank, one.account.channel, one.account.account
