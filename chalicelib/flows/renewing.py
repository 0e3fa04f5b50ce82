"""Keys that end are replaced in time: by one process at a time, and kept where all read them.

    begin_renewing   each minute, a job for each account whose channel lends keys
    renew            not yet needed → nothing; else lease → ask the platform → keep

A platform may end the old key as soon as it hands out the new one. So a renewal whose answer gets
lost cannot be repeated: access is then lost, which raises the alarm like any other loss.
"""

from datetime import timedelta

from chalicelib.channels.contract import Renews, Secrets
from chalicelib.domain.account import Account
from chalicelib.domain.moments import Moment, later, moment
from chalicelib.errors import ChannelAccessLost, ChannelError, OutcomeUnknown
from chalicelib.flows import nudges
from chalicelib.flows.access import access_refused
from chalicelib.flows.services import KeepsSecrets, Services
from chalicelib.flows.sources import settings_of
from chalicelib.log import logger
from chalicelib.store import directory, keys, renewals
from chalicelib.store.table import ConditionFailed, Key

UNTIL = "access_token_until"
"""The secret beside the others that says when they end, as a moment."""

IN_TIME = timedelta(minutes=30)
"""Before the end, which leaves time for a platform that is away for a while."""

LEASE = timedelta(minutes=2)


def begin_renewing(services: Services) -> None:
    """A job for each account that may have keys that end."""
    for account in directory.accounts(services.table):
        if isinstance(services.channels.get(account.channel), Renews) and is_open(
            account, services
        ):
            key = keys.account(account.channel, account.account)
            services.jobs.send("poll", nudges.renewal(key))


def is_open(account: Account, services: Services) -> bool:
    now = services.now()
    return any(now < approval.until for approval in account.approvals.values())


def renew(services: Services, key: Key) -> Moment | None:
    """Replace an account's keys when they end soon; until when the new ones are good, else None."""
    account = directory.account_at(services.table, key)
    if account is None:
        return None
    channel, store = services.channels.get(account.channel), services.secrets
    if not isinstance(channel, Renews) or not isinstance(store, KeepsSecrets):
        return None
    secrets = store.of(account.channel, account.account)
    if not channel.renews(secrets) or not ends_soon(secrets, services.now()):
        return None
    try:
        lease = renewals.leased(account.channel, account.account, services.now(), LEASE)
        services.table.write(lease)
        return replaced(services, account, channel, secrets, store)
    except ConditionFailed:
        return None  # another process asks


def ends_soon(secrets: Secrets, now: Moment) -> bool:
    """Keys of which nobody knows the end are renewed once, and then it is known."""
    until = secrets.current.get(UNTIL, "")
    return until < later(now, IN_TIME)


def replaced(
    services: Services, account: Account, channel: Renews, secrets: Secrets, store: KeepsSecrets
) -> Moment | None:
    """Ask, and keep what came at once. What is refused is lost access."""
    try:
        found = channel.renew(settings_of(account), secrets, services.http)
    except (ChannelAccessLost, OutcomeUnknown) as error:
        access_refused(services, account.channel, account.account, error.reason)
        return None
    except ChannelError as error:
        logger.warning("keys not renewed", channel=account.channel, why=error.reason)
        return None
    until = moment(found.until)
    new = {**secrets.current, **found.changed, UNTIL: until}
    store.keep(account.channel, account.account, new)
    logger.info("keys renewed", channel=account.channel, until=until)
    return until
