"""Keys that end are replaced in time: by one process at a time, and kept where all read them.

    renew    not yet needed → nothing; else lease → ask the platform → keep

Asked each minute when an account is looked at (``checking.py``).

A platform may end the old key as soon as it hands out the new one. So a renewal whose answer gets
lost cannot be repeated: access is then lost, which raises the alarm like any other loss.
"""

from datetime import timedelta

from chalicelib.channels.contract import Secrets
from chalicelib.channels.offers import TOKEN_UNTIL, Renews
from chalicelib.domain.account import Account
from chalicelib.domain.moments import Moment, later, moment
from chalicelib.errors import ChannelAccessLost, ChannelError, Misconfigured, OutcomeUnknown
from chalicelib.flows.running.access import access_refused
from chalicelib.flows.services import KeepsSecrets, Services
from chalicelib.flows.taking_in.sources import settings_of
from chalicelib.log import logger
from chalicelib.store import renewals
from chalicelib.store.table import ConditionFailed


def renew(services: Services, account: Account) -> Moment | None:
    """Replace an account's keys when they end soon; until when the new ones are good, else None."""
    channel, store = services.channels.get(account.channel), services.secrets
    if not isinstance(channel, Renews) or not isinstance(store, KeepsSecrets):
        return None
    try:
        secrets = store.of(account.channel, account.account)
        settings, when, now = settings_of(account), channel.renewal, services.now()
        if not channel.renews(settings, secrets) or not ends_within(when.before, secrets, now):
            return None
        lease = renewals.leased(account.channel, account.account, now, when.pause)
        services.table.write(lease)
        return replaced(services, account, channel, secrets, store)
    except (ConditionFailed, Misconfigured):
        return None  # another process asks, or there are no keys at all


def ends_within(time: timedelta, secrets: Secrets, now: Moment) -> bool:
    """Keys of which nobody knows the end are renewed once, and then it is known."""
    until = secrets.current.get(TOKEN_UNTIL, "")
    return until < later(now, time)


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
    new = {**secrets.current, **found.changed, TOKEN_UNTIL: until}
    store.keep(account.channel, account.account, new)
    logger.info("keys renewed", channel=account.channel, until=until)
    return until
