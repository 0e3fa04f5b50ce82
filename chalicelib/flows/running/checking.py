"""Each minute, for each account: is it well? What is found is recorded, judged, shown and paged.

    begin_checking   a job for each account
    check            ask the platform → record → judge (domain/health.py, pure) → banner, page, gap

A lost job is sent again by the next minute. Nothing here changes anything on the platform but the
subscription, when it was lost.
"""

from dataclasses import replace
from datetime import timedelta

from chalicelib.channels.offers import Probed, Probes, Subscribes
from chalicelib.domain.account import Account
from chalicelib.domain.health import Health, Watch, judge, readable
from chalicelib.domain.moments import Moment, later, moment
from chalicelib.domain.polling import Source
from chalicelib.errors import ChannelAccessLost, ChannelError, Misconfigured
from chalicelib.flows import nudges
from chalicelib.flows.running.canaries import send_canary
from chalicelib.flows.running.gaps import follow_gap
from chalicelib.flows.running.warning import tell
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.renewing import renew
from chalicelib.flows.taking_in.sources import budget_left, delivered_to, settings_of, streams_of
from chalicelib.flows.taking_in.unlocking import with_either_key
from chalicelib.log import logger
from chalicelib.store import cursors, directory, envelopes, keys, watches
from chalicelib.store.table import Key

AT_ONCE = 10
"""Jobs a send: what SQS takes in one call."""

OVERLAP = timedelta(minutes=2)
"""What the look before may just have missed."""


def begin_checking(services: Services) -> None:
    """A job for each account."""
    found = directory.accounts(services.table)
    bodies = [nudges.check(keys.account(one.channel, one.account)) for one in found]
    for start in range(0, len(bodies), AT_ONCE):
        services.jobs.send("poll", *bodies[start : start + AT_ONCE])


def check(services: Services, key: Key) -> Watch | None:
    """Look at one account, and do what follows. Safe to run any number of times."""
    account = directory.account_at(services.table, key)
    if account is None or account.channel not in services.channels:
        return None
    if is_open(account, services.now()):
        renew(services, account)
    now = services.now()
    before = watches.find(services.table, account.channel, account.account, now)
    sources = sources_of(services, account)
    facts = looked_at(services, account, before, sources)
    health = judge(facts, account, sources, now, budget_of(services, account))
    after = concluded(facts, health, now)
    told = tell(services, account, after)
    services.table.write(watches.saved(before, told, now))
    follow_gap(services, account, before, told, readable=readable(health))
    if health.state != before.state:
        logger.info("channel state", channel=account.channel, state=health.state, was=before.state)
    return told


def concluded(facts: Watch, health: Health, now: Moment) -> Watch:
    """The record with its state; ``since`` moves only when the state does."""
    same = facts.state == health.state and facts.since is not None
    return replace(
        facts,
        state=health.state,
        because=health.because,
        since=facts.since if same else now,
        readable_at=now if readable(health) else facts.readable_at,
        checked_at=now,
    )


def is_open(account: Account, now: Moment) -> bool:
    """Whether it is approved for anything at all."""
    return any(now < approval.until for approval in account.approvals.values())


def looked_at(
    services: Services, account: Account, before: Watch, sources: tuple[Source, ...]
) -> Watch:
    """What can be seen of an account now. One that is closed is left alone entirely."""
    now = services.now()
    if not is_open(account, now):
        return before
    facts = replace(before, inbound_at=last_inbound(services, account, before, sources))
    channel = services.channels[account.channel]
    if isinstance(channel, Probes):
        facts = probed(services, account, facts, channel)
    return send_canary(services, account, facts)


def probed(services: Services, account: Account, facts: Watch, channel: Probes) -> Watch:
    """Ask the platform, and write down what it said."""
    now = services.now()
    try:
        found = ask(services, account, channel)
    except (ChannelAccessLost, Misconfigured) as error:
        reason = error.reason if isinstance(error, ChannelError) else error.message
        return replace(facts, lost_at=facts.lost_at or now, lost_because=reason)
    except ChannelError as error:
        return replace(facts, failing_since=facts.failing_since or now, trouble=error.reason)
    if found is None:
        return facts
    return replace(
        facts,
        reached_at=now,
        lost_at=None,
        lost_because=None,
        failing_since=None,
        trouble=found.trouble,
        token_until=moment(found.token_until) if found.token_until else None,
        subscribed=found.subscribed,
        used_percent=found.used_percent,
    )


def ask(services: Services, account: Account, channel: Probes) -> Probed | None:
    """One probe; where the platform stopped to deliver, it is asked to begin again.

    The answer stays "not subscribed": the next probe tells whether it helped.
    """
    name, settings, address = account.channel, settings_of(account), delivered_to(services, account)
    found = with_either_key(
        services,
        name,
        account.account,
        lambda secrets: channel.probe(address, settings, secrets, services.http),
    )
    if found and found.subscribed is False and isinstance(channel, Subscribes):
        logger.warning("subscribing again", channel=name)
        with_either_key(
            services,
            name,
            account.account,
            lambda secrets: channel.subscribe(address, settings, secrets, services.http),
        )
    return found


def sources_of(services: Services, account: Account) -> tuple[Source, ...]:
    """What we read of it, as far as it is approved and was begun."""
    now = services.now()
    places = [
        keys.cursor(account.channel, account.account, stream.name)
        for stream in streams_of(services, account)
        if account.approved_for(stream.use, now)
    ]
    found = (cursors.find(services.table, place, now) for place in places)
    return tuple(source for source in found if source)


def budget_of(services: Services, account: Account) -> int | None:
    """What reading may still cost this month; None where it is free."""
    priced = any(stream.priced for stream in streams_of(services, account))
    return budget_left(services, account) if priced else None


def last_inbound(
    services: Services, account: Account, before: Watch, sources: tuple[Source, ...]
) -> Moment | None:
    """When something last reached us: an envelope, or a page that we read."""
    now = services.now()
    start = later(before.checked_at or now, -OVERLAP)
    place = (account.channel, account.account)
    came = envelopes.newest(services.table, place, start, now)
    read = [source.last_success_at for source in sources if source.last_success_at]
    known = [at for at in (before.inbound_at, came, *read) if at]
    return max(known) if known else None
