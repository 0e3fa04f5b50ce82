"""How fresh what we read is: each source, when it last worked, what it cost, what is wrong."""

from dataclasses import dataclass, replace

from chalicelib.channels.offers import Stream
from chalicelib.domain.account import Account
from chalicelib.domain.moments import Moment
from chalicelib.domain.polling import A_EURO, spent
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.sources import budget_left, streams_of
from chalicelib.store import cursors, keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """One source. Euros are of this month; ``budget_left`` is its account's, None where free.

    ``next_at`` and ``last_success_at`` are None for what was never read, such as a stream that
    is not approved; ``error`` then says so.
    """

    channel: str
    account: str
    stream: str
    use: str
    last_success_at: Moment | None = None
    next_at: Moment | None = None
    error: str | None = None
    euros_spent: float = 0.0
    budget_left: float | None = None


def freshness(services: Services, accounts: list[Account]) -> list[Freshness]:
    """Every source of these accounts."""
    return [one for account in accounts for one in sources_of(services, account)]


def sources_of(services: Services, account: Account) -> list[Freshness]:
    """Every source of one account; what is left of its budget is looked up once."""
    streams = streams_of(services, account)
    priced = any(stream.priced for stream in streams)
    budget = euros(left(services, account)) if priced else None
    return [one_source(services, account, stream, budget) for stream in streams]


def one_source(
    services: Services, account: Account, stream: Stream, budget: float | None
) -> Freshness:
    """What we know of one source."""
    now = services.now()
    key = keys.cursor(account.channel, account.account, stream.name)
    source = cursors.find(services.table, key, now)
    approved = account.approved_for(stream.use, now)
    shown = Freshness(
        channel=account.channel,
        account=account.account,
        stream=stream.name,
        use=stream.use,
        error="nog niet gelezen" if approved else "niet goedgekeurd",
    )
    if source is None:
        return shown
    return replace(
        shown,
        last_success_at=source.last_success_at,
        next_at=source.next_at,
        error=source.error,
        euros_spent=euros(spent(source, now)),
        budget_left=budget if stream.priced else None,
    )


def left(services: Services, account: Account) -> int:
    """Never below nothing: a last page may cost a little more than was left."""
    return max(0, budget_left(services, account))


def euros(microeuros: int) -> float:
    return round(microeuros / A_EURO, 4)
