"""What the operator sees and repairs: refused and unreadable deliveries, dead letters, alarms."""

from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.domain.account import Account
from chalicelib.domain.envelope import Envelope
from chalicelib.domain.moments import later
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotFound
from chalicelib.flows import nudges
from chalicelib.flows.running.accounting import Balance, balance
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.arrival import source_text
from chalicelib.flows.taking_in.freshness import Freshness, freshness
from chalicelib.jobs.jobs import LANES, DeadLetter
from chalicelib.store import alarms, directory, envelopes, refusals
from chalicelib.store.alarms import Alarm
from chalicelib.store.refusals import Refusal
from chalicelib.store.table import ConditionFailed, Key

LOOK_BACK = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The state of the house. ``unreadable`` pairs each envelope with the id to replay it by."""

    accounts: list[Account]
    refusals: list[Refusal]
    unreadable: list[tuple[Envelope, str]]
    dead: list[DeadLetter]
    lanes: dict[str, int]
    balance: Balance
    alarms: list[Alarm]
    sources: list[Freshness]


def probe(services: Services) -> dict[str, int]:
    """What waits on each lane. Raises ``StoreUnavailable`` when the table or lanes are silent."""
    directory.teams(services.table)
    return {lane: services.jobs.waiting(lane) for lane in LANES}


def overview(services: Services, principal: Principal) -> Overview:
    """Everything that an operator looks at. A manager may read it too."""
    principal.must_be_allowed_to("read_ledger")
    now = services.now()
    accounts = directory.accounts(services.table)
    return Overview(
        accounts=accounts,
        refusals=refusals.of_day(services.table, now[:10], now),
        unreadable=[one for account in accounts for one in unreadable_of(services, account)],
        dead=[letter for lane in LANES for letter in services.jobs.dead(lane)],
        lanes=probe(services),
        balance=balance(services, principal),
        alarms=alarms.standing(services.table),
        sources=freshness(services, accounts),
    )


def unreadable_of(services: Services, account: Account) -> list[tuple[Envelope, str]]:
    """An account's envelopes of the last day that could not be parsed; the bytes stay closed."""
    now = services.now()
    start = later(now, -LOOK_BACK)
    found = envelopes.unreadable(services.table, (account.channel, account.account), start, now)
    return [(envelope, source_text(envelopes.key_of(envelope))) for envelope in found]


def replay_envelope(services: Services, principal: Principal, id_: str) -> None:
    """Read an unreadable envelope again, after a fix. Raises ``NotFound``."""
    principal.must_be_allowed_to("operate")
    pk, _, sk = id_.partition("|")
    found = envelopes.load(services.table, services.bucket, Key(pk, sk), services.now())
    if found is None:
        raise NotFound("no such envelope")
    try:
        envelope = replace(found[0], state="kept")
        services.table.write(envelopes.reopened(envelope, services.now()))
    except ConditionFailed:
        return  # it was read in the meantime
    services.jobs.send("direct", nudges.envelope(Key(pk, sk)))


def redrive(services: Services, principal: Principal, lane: str, *ids: str) -> int:
    """Put dead letters (all of the lane, without ids) back; how many. Raises ``NotFound``."""
    principal.must_be_allowed_to("operate")
    if lane not in LANES:
        raise NotFound("no such lane", lane=lane)
    return services.jobs.redrive(lane, *ids)
