"""Canaries: a second identity of ours writes to our own account, and it must arrive.

It goes the whole way that a citizen's message goes: platform, webhook, envelope, parser. There it
is recognised by a token that was recorded before it left, noted as seen, and taken out: it is never
a message, never on the queue, and counts as ignored in the ledger. A token is good once, so that
who copies an old canary has simply written to us.

On for an account whose settings say how often: ``canary_minutes``.
"""

import re
import secrets as random
from dataclasses import replace
from datetime import timedelta

from chalicelib.channels.offers import Canaries
from chalicelib.domain.account import Account
from chalicelib.domain.envelope import Envelope
from chalicelib.domain.health import Watch
from chalicelib.domain.message import Message, Parsed
from chalicelib.domain.moments import later
from chalicelib.errors import ChannelError, Misconfigured
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.sources import settings_of
from chalicelib.flows.taking_in.unlocking import with_either_key
from chalicelib.log import logger
from chalicelib.store import watches

TEXT = "Nabij kanarie {token}: een proefbericht van onszelf, niet beantwoorden."
TOKEN = re.compile(r"\bNabij kanarie ([0-9a-f]{24})\b")


def send_canary(services: Services, account: Account, facts: Watch) -> Watch:
    """Send one when it is time. Its token is recorded before it leaves."""
    channel = services.channels[account.channel]
    if not isinstance(channel, Canaries) or not is_time(services, account, facts):
        return facts
    now, token = services.now(), random.token_hex(12)
    services.table.write(watches.noted(facts, now, canary=token, canary_sent_at=now))
    try:
        with_either_key(
            services,
            account.channel,
            account.account,
            lambda secrets: channel.send_canary(
                TEXT.format(token=token), settings_of(account), secrets, services.http
            ),
        )
    except (ChannelError, Misconfigured) as error:
        logger.warning("canary not sent", channel=account.channel, why=type(error).__name__)
    return replace(facts, canary=token, canary_sent_at=now)


def is_time(services: Services, account: Account, facts: Watch) -> bool:
    """Whether the account wants canaries, and the last one left long enough ago."""
    minutes = account.settings.get("canary_minutes", "")
    if not (minutes.isascii() and minutes.isdigit() and int(minutes)):
        return False
    wait = timedelta(minutes=int(minutes))
    last = facts.canary_sent_at
    return last is None or later(last, wait) <= services.now()


def without_canaries(services: Services, envelope: Envelope, parsed: Parsed) -> Parsed:
    """What citizens wrote. Costs nothing where no text looks like a canary."""
    left = tuple(one for one in parsed.messages if not is_canary(services, envelope, one))
    gone = len(parsed.messages) - len(left)
    return replace(parsed, messages=left, ignored=parsed.ignored + gone) if gone else parsed


def is_canary(services: Services, envelope: Envelope, message: Message) -> bool:
    """Whether this is the canary on its way; then it has arrived."""
    found = TOKEN.search(message.text)
    if found is None:
        return False
    now, account = services.now(), message.account or envelope.account
    watch = watches.find(services.table, envelope.channel, account, now)
    if watch.canary != found.group(1):
        return False
    services.table.write(watches.noted(watch, now, canary_seen_at=now))
    return True
