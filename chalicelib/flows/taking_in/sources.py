"""What we read ourselves: the streams of our accounts, when to begin, and what may be spent."""

from decimal import Decimal, InvalidOperation

from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.offers import Polls, Searches, Stream
from chalicelib.domain.account import Account
from chalicelib.domain.listening import stream_of
from chalicelib.domain.pacing import ration
from chalicelib.domain.polling import A_EURO, Source, spent, spent_today
from chalicelib.errors import NotFound
from chalicelib.flows import nudges
from chalicelib.flows.services import Services
from chalicelib.store import cursors, directory, keys, searches
from chalicelib.store.table import ConditionFailed


def begin_reading(services: Services) -> None:
    """Give each approved stream its cursor, due at once. Reads only, where all have one."""
    now = services.now()
    for account in directory.accounts(services.table):
        for stream in streams_of(services, account):
            source = Source(
                channel=account.channel,
                account=account.account,
                stream=stream.name,
                use=stream.use,
                next_at=now,
            )
            known = cursors.find(services.table, cursors.key_of(source), now)
            if known is None and account.approved_for(stream.use, now):
                begin(services, source)


def begin(services: Services, source: Source) -> None:
    """The first to begin a source begins it."""
    try:
        services.table.write(cursors.first(source, services.now()))
    except ConditionFailed:
        return
    services.jobs.send("poll", nudges.poll(cursors.key_of(source)))


def streams_of(services: Services, account: Account) -> tuple[Stream, ...]:
    """What there is to read for this account; nothing where the platform delivers."""
    channel = services.channels.get(account.channel)
    if not isinstance(channel, Polls):
        return ()
    own = channel.streams(settings_of(account))
    return own + searched(services, account, channel) if isinstance(channel, Searches) else own


def searched(
    services: Services, account: Account, channel: Searches, *, over: bool = False
) -> tuple[Stream, ...]:
    """What the register says to look for with this account: a stream for each line.

    ``over``: those that do not run any more as well.
    """
    now = services.now()
    every = settings_of(account).seconds("poll_seconds", channel.search_every)
    return tuple(
        Stream(
            name=stream_of(search, number),
            use="listen",
            every=every,
            priced=channel.search_priced,
            query=line,
        )
        for search in searches.every(services.table, now)
        if (over or search.runs(now)) and search.reads(account.channel, account.account)
        for number, line in enumerate(search.lines)
    )


def ever_priced(services: Services, account: Account) -> tuple[Stream, ...]:
    """Every stream that may have cost money this month, also of searches that ended."""
    channel = services.channels.get(account.channel)
    found: tuple[Stream, ...] = ()
    if isinstance(channel, Polls):
        found = channel.streams(settings_of(account))
    if isinstance(channel, Searches):
        found += searched(services, account, channel, over=True)
    return tuple(stream for stream in found if stream.priced)


def settings_of(account: Account) -> AccountSettings:
    return AccountSettings(account=account.account, settings=account.settings)


def stream_named(services: Services, account: Account, name: str) -> Stream:
    """The stream as it is set now. Raises ``NotFound`` when it was taken from the settings."""
    for stream in streams_of(services, account):
        if stream.name == name:
            return stream
    raise NotFound(f"there is no {name} to read any more", channel=account.channel)


def budget_left(services: Services, account: Account) -> int:
    """What this account may still spend this month on all it reads, in millionths of a euro."""
    budget, month, _ = money_of(services, account)
    return budget - month


def ration_left(services: Services, account: Account, *, rising: bool) -> int:
    """What it may still spend today on listening: a quiet day leaves something for a busy one."""
    budget, month, today = money_of(services, account)
    return ration(services.now()[:10], budget, month, today, rising=rising)


def money_of(services: Services, account: Account) -> tuple[int, int, int]:
    """Its budget of this month, and what this month and today have cost.

    Without a budget there is none: reading costs money only after somebody said how much.
    """
    try:
        budget = Decimal(account.settings.get("euros_per_month") or "0")
    except InvalidOperation:
        budget = Decimal(0)
    now = services.now()
    wanted = ever_priced(services, account)
    places = [keys.cursor(account.channel, account.account, one.name) for one in wanted]
    found = [source for place in places if (source := cursors.find(services.table, place, now))]
    month, today = (sum(of(one, now) for one in found) for of in (spent, spent_today))
    return int(budget * A_EURO), month, today


def delivered_to(services: Services, account: Account) -> str:
    """Where the platform delivers what is for this account."""
    return f"{services.public_url}/webhooks/{account.channel}/{account.account}"
