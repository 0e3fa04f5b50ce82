"""After a gap: what a platform did not deliver is read from it, and comes in like any page.

What came in after all is recognised by its reference, so reading a little too much is harmless.
"""

from datetime import timedelta

from chalicelib.channels.offers import PolledPage, ReadsBack, Redelivers
from chalicelib.domain.account import Account
from chalicelib.domain.health import Gap
from chalicelib.domain.moments import instant, later
from chalicelib.errors import (
    ChannelError,
    ChannelThrottled,
    ChannelUnavailable,
    Misconfigured,
    OutcomeUnknown,
)
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.keeping import keep_page
from chalicelib.flows.taking_in.sources import delivered_to, settings_of
from chalicelib.flows.taking_in.unlocking import with_either_key
from chalicelib.log import logger

MOST_PAGES = 12
"""A gap of hours on a busy page; what is older than that somebody looks up."""

OVERLAP = timedelta(minutes=5)

TRIED_FOR = timedelta(days=1)
"""So long a platform that is away is asked again, each minute; then the gap is told as it is."""


class NotYet(Exception):
    """The platform cannot be read now; it makes sense to try again."""


def read_back(services: Services, account: Account, gap: Gap) -> bool:
    """Read what was written during the gap; whether all of it came. Raises ``NotYet``."""
    channel, now = services.channels[gap.channel], services.now()
    if not isinstance(channel, ReadsBack) or not account.approved_for("answer", now):
        return False
    try:
        return all_pages(services, account, channel, gap)
    except (ChannelUnavailable, ChannelThrottled, OutcomeUnknown) as error:
        logger.warning("not read back yet", channel=gap.channel, why=error.reason)
        if now < later(gap.since, TRIED_FOR):
            raise NotYet from error
    except (ChannelError, Misconfigured) as error:
        logger.warning("not read back", channel=gap.channel, why=error.message)
    return False


def comes_again(services: Services, account: Account, gap: Gap) -> bool:
    """Ask a platform to deliver again what it could not; whether it will."""
    channel = services.channels[gap.channel]
    if not isinstance(channel, Redelivers) or gap.because != "unsubscribed":
        return False
    since, until = instant(later(gap.since, -OVERLAP)), instant(services.now())
    address = delivered_to(services, account)
    try:
        return with_either_key(
            services,
            account.channel,
            account.account,
            lambda secrets: channel.redeliver(address, since, until, secrets, services.http),
        )
    except (ChannelError, Misconfigured) as error:
        logger.warning("not delivered again", channel=gap.channel, why=error.message)
        return False


def all_pages(services: Services, account: Account, channel: ReadsBack, gap: Gap) -> bool:
    """Keep page after page; False when there are more than we read."""
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        page = one_page(services, account, channel, gap, cursor)
        if page.items:
            keep_page(services, account, page, listened=False)
        if not page.more:
            return True
        cursor = page.cursor
    return False


def one_page(
    services: Services, account: Account, channel: ReadsBack, gap: Gap, cursor: str | None
) -> PolledPage:
    settings, since = settings_of(account), instant(later(gap.since, -OVERLAP))
    return with_either_key(
        services,
        account.channel,
        account.account,
        lambda secrets: channel.read_back(cursor, since, settings, secrets, services.http),
    )
