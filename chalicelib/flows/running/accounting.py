"""The ledger: what came in, what became of it, what is owed. The promise of nothing lost."""

from dataclasses import dataclass, field
from datetime import timedelta

from chalicelib.domain.envelope import Ledger
from chalicelib.domain.moments import Moment, instant, later, moment
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput
from chalicelib.flows.services import Services
from chalicelib.store import directory, due, envelopes, keys

LOOK_BACK = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Counts since a moment. ``owed`` is what still waits for the machine, whenever it came."""

    since: Moment
    total: Ledger
    owed: int
    by_channel: dict[str, Ledger] = field(default_factory=dict)


def balance(services: Services, principal: Principal, since: Moment | None = None) -> Balance:
    """Count the envelopes and what is owed. Raises ``InvalidInput`` on a bad ``since``."""
    principal.must_be_allowed_to("read_ledger")
    now = services.now()
    start = starting_at(since, now)
    by_channel: dict[str, Ledger] = {}
    for account in directory.accounts(services.table):
        own = envelopes.counted(services.table, (account.channel, account.account), start, now)
        by_channel[account.channel] = by_channel.get(account.channel, Ledger()) + own
    return Balance(
        since=start,
        total=sum(by_channel.values(), Ledger()),
        owed=owed(services),
        by_channel=by_channel,
    )


def owed(services: Services) -> int:
    """Envelopes not parsed, messages not triaged, deliveries not finished."""
    kinds = (keys.ENVELOPE_DUE, keys.MESSAGE_DUE, keys.DELIVERY_DUE)
    return sum(due.owed(services.table, kind) for kind in kinds)


def starting_at(since: Moment | None, now: Moment) -> Moment:
    """The moment to count from: a day ago when not said, never further back than is kept."""
    if not since:
        return later(now, -LOOK_BACK)
    try:
        return moment(instant(since))
    except ValueError:
        wrong = {"nl": "geen tijdstip (ISO 8601)", "en": "not a moment (ISO 8601)"}
        raise InvalidInput("not a moment", {"since": wrong}) from None
