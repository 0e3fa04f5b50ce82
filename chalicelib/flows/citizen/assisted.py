"""On which accounts the assistant answers: approved for answers, in private, and switched on."""

from chalicelib.domain.account import Account
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.errors import ChannelNotApproved, NotFound
from chalicelib.flows.services import Services
from chalicelib.store import access_log, directory

SETTING, ON, OFF = "assistant", "aan", "uit"

NEVER = frozenset({"email"})
"""Two machines that answer each other's mail never stop."""


def can_be_assisted(services: Services, channel: str) -> bool:
    """Whether citizens write there in private, and more than once."""
    rules = services.channel(channel).rules.within(None)
    per_message = rules.one_conversation_per == "message"
    return channel not in NEVER and not rules.public and not per_message


def is_assisted(
    services: Services, account: Account | None, conversation: Conversation, now: Moment
) -> bool:
    """Whether the assistant is to look at what was written in this conversation."""
    if account is None or account.settings.get(SETTING) != ON or services.assistant is None:
        return False
    private = conversation.thread is None and conversation.addressed
    approved = account.approved_for("answer", now)
    return private and approved and can_be_assisted(services, account.channel)


def set_assistant(
    services: Services, principal: Principal, channel: str, account: str, *, on: bool
) -> None:
    """Switch the assistant on or off for an account.

    Raises ``NotFound``, or ``ChannelNotApproved`` where it may not answer.
    """
    principal.must_be_allowed_to("approve")
    now = services.now()
    found = directory.find_account(services.table, channel, account)
    if found is None:
        raise NotFound("no such account", channel=channel)
    if on:
        found.must_be_approved_for("answer", now)
        if not can_be_assisted(services, channel):
            reason = "the assistant does not answer on this channel"
            raise ChannelNotApproved(reason, channel=channel, reason=reason)
    settings = {**found.settings, SETTING: ON if on else OFF}
    services.table.write(
        directory.set_up(found, settings),
        access_log.used(principal, "set_assistant", f"{channel} {account}", now),
    )
