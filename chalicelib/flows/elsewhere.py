"""A form has no way back but its page; who left an address or a number there is told by that.

Only what the service itself says goes this way, never an agent's answer: that stands on the page.
"""

from dataclasses import dataclass

from chalicelib.domain.account import Account
from chalicelib.domain.conversation import Conversation
from chalicelib.errors import ChannelNotApproved
from chalicelib.flows.services import Services
from chalicelib.store import directory

FORM = "form"


@dataclass(frozen=True, slots=True)
class Way:
    """Through which account of ours, and to whom."""

    channel: str
    account: str
    to: str


def way_to(services: Services, conversation: Conversation) -> Way:
    """How the service reaches this citizen. Raises ``ChannelNotApproved`` when it cannot."""
    if conversation.channel != FORM:
        return Way(conversation.channel, conversation.account, conversation.author_id)
    channel = channel_of(conversation.author_id)
    found = own_account(services, channel, conversation.team) if channel else None
    if channel is None or found is None:
        reason = "no address was given"
        raise ChannelNotApproved(reason, channel=FORM, reason=reason)
    return Way(channel, found.account, conversation.author_id)


def channel_of(given: str) -> str | None:
    """By mail or by text message, by what was given."""
    if "@" in given:
        return "email"
    return "sms" if given.startswith("+") and given[1:].isdigit() else None


def own_account(services: Services, channel: str, team: str) -> Account | None:
    """The team's own, else any that is approved."""
    now = services.now()
    ours = [one for one in directory.accounts(services.table) if one.channel == channel]
    approved = [one for one in ours if one.approved_for("answer", now)]
    return next(iter(sorted(approved, key=lambda one: one.team != team)), None)
