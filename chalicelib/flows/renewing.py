"""Keys that end are replaced in time: by one process at a time, and kept where all read them.

    renew    not yet needed → nothing; else lease → ask the platform → keep

Asked each minute when an account is looked at (``checking.py``).

A platform may end the old key as soon as it hands out the new one. So a renewal whose answer gets
lost cannot be repeated: access is then lost, which raises the alarm like any other loss.
"""

from datetime import timedelta

from chalicelib.channels.contract import Renews, Secrets
from chalicelib.domain.account import Account
from chalicelib.domain.moments import Moment, later, moment
from chalicelib.errors import ChannelAccessLost, ChannelError, Misconfigured, OutcomeUnknown
from chalicelib.flows.access import access_refused
from chalicelib.flows.services import KeepsSecrets, Services
from chalicelib.flows.sources import settings_of
from chalicelib.log import logger
from chalicelib.store import renewals
from chalicelib.store.table import ConditionFailed

UNTIL = "access_token_until"
"""The secret beside the others that says when they end, as a moment."""

IN_TIME = timedelta(minutes=30)
"""Before the end, which leaves time for a platform that is away for a while."""

LEASE = timedelta(minutes=2)


def renew(services: Services, account: Account) -> Moment | None:
    """Replace an account's keys when they end soon; until when the new ones are good, else None."""
    channel, store = services.channels.get(account.channel), services.secrets
    if not isinstance(channel, Renews) or not isinstance(store, KeepsSecrets):
        return None
    try:
        secrets = store.of(account.channel, account.account)
        if not channel.renews(secrets) or not ends_soon(secrets, services.now()):
            return None
        lease = renewals.leased(account.channel, account.account, services.now(), LEASE)
        services.table.write(lease)
        return replaced(services, account, channel, secrets, store)
    except (ConditionFailed, Misconfigured):
        return None  # another process asks, or there are no keys at all


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
