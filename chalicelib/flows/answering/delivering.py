"""An answer reaches the citizen: lease (T5), send, mark sent (T6). Never twice.

    queued → sending (leased) → sent | refused | uncertain | queued again, later

When the worker dies between lease and mark, nobody knows whether the platform has it. Where the
platform has no idempotency key that is ``uncertain``: a person decides, or a receipt settles it.
"""

from dataclasses import replace
from datetime import timedelta

from chalicelib.channels.contract import AccountSettings, Channel, Outgoing, Sent
from chalicelib.domain.account import Account, Use
from chalicelib.domain.delivery import LEASE, MAX_ATTEMPTS, Delivery
from chalicelib.domain.moments import later
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelNotApproved,
    ChannelThrottled,
    ChannelUnavailable,
    Misconfigured,
    OutcomeUnknown,
)
from chalicelib.flows import nudges
from chalicelib.flows.answering.attaching import files_of
from chalicelib.flows.answering.gestures import show_seen
from chalicelib.flows.answering.outcomes import finish, on_message
from chalicelib.flows.answering.speaking import must_still_be_said, with_secret
from chalicelib.flows.answering.windows import is_after_window
from chalicelib.flows.desk.searching import make_findable
from chalicelib.flows.running.access import access_refused, access_works
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.unlocking import with_either_key
from chalicelib.jobs.jobs import JUST_AFTER, LONGEST_DELAY, back_off
from chalicelib.log import logger
from chalicelib.store import deliveries, directory, kept_messages, keys
from chalicelib.store.table import ConditionFailed, Key

TRY_ACCESS_AGAIN = timedelta(seconds=60)
"""With access lost the answer stays queued, and goes out soon after the repair."""

SETTLING = 3
"""Where sending again is harmless, it is what settles a silence; within minutes, since a platform
remembers its keys for an hour."""

CRASHED = "verbinding of proces viel weg tijdens het versturen"


def deliver(services: Services, reply_id: str) -> Delivery | None:
    """Bring one answer further. Safe to run any number of times, by any number of workers."""
    now = services.now()
    delivery = deliveries.find(services.table, reply_id, now)
    if delivery is None or delivery.due_at is None or delivery.due_at > now:
        return delivery
    channel = services.channel(delivery.channel)
    try:
        if delivery.state == "sending" and not channel.rules.idempotent:
            return finish(services, delivery, "uncertain", reason=CRASHED)
        leased = lease(services, delivery)
        return send(services, channel, leased)
    except ConditionFailed:
        return None  # another worker holds it, or a receipt settled it


def lease(services: Services, delivery: Delivery) -> Delivery:
    """T5: mine for a minute. Raises ``ConditionFailed`` when another worker was first."""
    leased = replace(
        delivery,
        state="sending",
        attempts=delivery.attempts + 1,
        due_at=later(services.now(), LEASE),
        after_window=is_after_window(services, delivery),
        reason=None,
    )
    services.table.write(deliveries.saved(delivery, leased))
    return leased


def send(services: Services, channel: Channel, delivery: Delivery) -> Delivery:
    """Hand it to the platform, and write down what the platform said."""
    try:
        sent = hand_to_platform(services, channel, delivery)
    except ChannelThrottled as error:
        return try_again(services, delivery, error.retry_after, error.reason)
    except ChannelUnavailable as error:
        return try_again(services, delivery, back_off(delivery.attempts), error.reason)
    except (ChannelAccessLost, Misconfigured) as error:
        return wait_for_repair(services, delivery, error.message)
    except OutcomeUnknown as error:
        return after_silence(services, channel, delivery, error.reason)
    except (ChannelError, ChannelNotApproved) as error:
        reason = error.reason if isinstance(error, ChannelError) else error.message
        return finish(services, delivery, "refused", reason=reason)
    access_works(services, delivery.channel, delivery.account)
    make_findable(services, delivery.subject)
    if delivery.by_hand:
        services.jobs.send("listening", nudges.learn(keys.delivery(delivery.reply_id)))
    return finish(services, delivery, "sent", external_id=sent.external_id)


def after_silence(
    services: Services, channel: Channel, delivery: Delivery, reason: str
) -> Delivery:
    """Nobody knows whether the platform has it. Asked again only where that cannot double it."""
    if channel.rules.idempotent and delivery.attempts < SETTLING:
        return try_again(services, delivery, back_off(delivery.attempts), reason)
    return finish(services, delivery, "uncertain", reason=reason)


def hand_to_platform(services: Services, channel: Channel, delivery: Delivery) -> Sent:
    """One request, with the account's approval checked at this very moment."""
    account = usable_account(services, delivery.channel, delivery.account, use_of(delivery))
    settings = AccountSettings(account=account.account, settings=account.settings)
    must_still_be_said(services, delivery)
    text = with_secret(services, delivery)
    said = replace(outgoing(delivery), text=text, files=files_of(services, delivery))
    return with_either_key(
        services,
        delivery.channel,
        delivery.account,
        lambda secrets: channel.send(said, settings, secrets, services.http),
    )


def use_of(delivery: Delivery) -> Use:
    """What our account must be approved for."""
    if delivery.appeal:
        return "appeal"
    return "publish" if delivery.post else "answer"


def usable_account(services: Services, channel: str, account: str, use: Use = "answer") -> Account:
    """Our account. Raises ``ChannelNotApproved``, or ``Misconfigured`` when it is gone."""
    found = directory.find_account(services.table, channel, account)
    if found is None:
        raise Misconfigured(f"there is no account {account} on {channel}")
    found.must_be_approved_for(use, services.now())
    return found


def outgoing(delivery: Delivery) -> Outgoing:
    return Outgoing(
        reply_id=delivery.reply_id,
        to=delivery.to,
        text=delivery.text,
        in_reply_to=delivery.in_reply_to,
        answer_with=delivery.answer_with,
        thread=delivery.thread,
        after_window=delivery.after_window,
        privately=delivery.privately,
        choices=delivery.choices,
        template=delivery.template,
        post=delivery.post,
    )


def try_again(services: Services, delivery: Delivery, after: timedelta, reason: str) -> Delivery:
    """Certainly not accepted: due again, exactly when the platform said or by our back-off."""
    if delivery.attempts >= MAX_ATTEMPTS:
        return finish(services, delivery, "refused", reason=f"na vele pogingen: {reason}")
    return queue_again(services, delivery, after, reason)


def wait_for_repair(services: Services, delivery: Delivery, reason: str) -> Delivery:
    """No access: alarm, and the answer waits however long the repair takes."""
    access_refused(services, delivery.channel, delivery.account, reason)
    return queue_again(services, delivery, TRY_ACCESS_AGAIN, f"geen toegang: {reason}")


def queue_again(services: Services, delivery: Delivery, after: timedelta, reason: str) -> Delivery:
    """Back to queued, with a job that comes when it is due (the sweeper finds a lost one)."""
    due_at = later(services.now(), after)
    waiting = replace(delivery, state="queued", due_at=due_at, reason=reason)
    services.table.write(deliveries.saved(delivery, waiting), on_message(waiting))
    job = nudges.delivery(keys.delivery(delivery.reply_id))
    services.jobs.send("deliver", job, delay=min(after + JUST_AFTER, LONGEST_DELAY))
    logger.info("delivery waits", reply_id=delivery.reply_id, attempts=delivery.attempts)
    return waiting


def mark_read(services: Services, key: Key) -> None:
    """Show the citizen that we saw their message. A courtesy: when it fails, it is left."""
    message = kept_messages.find(services.table, key, services.now())
    if message is None or message.direction != "in":
        return
    try:
        account = usable_account(services, message.channel, message.account)
        channel = services.channel(message.channel)
        settings = AccountSettings(account=account.account, settings=account.settings)
        with_either_key(
            services,
            message.channel,
            message.account,
            lambda secrets: show_seen(channel, message, settings, secrets, services.http),
        )
    except (ChannelError, ChannelNotApproved, Misconfigured) as error:
        logger.info("read mark not accepted", channel=message.channel, why=type(error).__name__)
