"""Answers that go another way than the citizen came: a form has only its page, a voice nothing.

Who left an address or number in a form is told by that what the service itself says; an agent's
answer stands on the page. Who spoke to a colleague gets an agent's answer by the way that they gave
for it, and nothing that the service says by itself: that number may have been heard wrongly.
"""

from dataclasses import dataclass

from chalicelib.channels.limits import Rules
from chalicelib.channels.spoken.send import REASON as NO_WAY
from chalicelib.domain.account import Account
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.spoken import AnswerWay, answer_way, is_written
from chalicelib.errors import ChannelNotApproved
from chalicelib.flows.services import Services
from chalicelib.store import directory

FORM = "form"
SPOKEN = "spoken"


@dataclass(frozen=True, slots=True)
class Way:
    """Through which account of ours, and to whom."""

    channel: str
    account: str
    to: str


def way_to(services: Services, conversation: Conversation) -> Way:
    """How the service reaches this citizen. Raises ``ChannelNotApproved`` when it cannot."""
    if conversation.channel == SPOKEN:
        reason = "what the service says by itself goes to nobody who spoke to a colleague"
        raise ChannelNotApproved(reason, channel=SPOKEN, reason=reason)
    if conversation.channel != FORM:
        return Way(conversation.channel, conversation.account, conversation.author_id)
    channel = channel_of(conversation.author_id)
    found = own_account(services, channel, conversation.team) if channel else None
    if channel is None or found is None:
        reason = "no address was given"
        raise ChannelNotApproved(reason, channel=FORM, reason=reason)
    return Way(channel, found.account, conversation.author_id)


def way_of_answer(services: Services, conversation: Conversation) -> Way:
    """How an agent's answer goes. Raises ``ChannelNotApproved`` where nothing can be written."""
    if conversation.channel != SPOKEN:
        return Way(conversation.channel, conversation.account, conversation.author_id)
    given = given_way(conversation)
    found = own_account(services, given.by, conversation.team) if given else None
    if given is None or found is None:
        raise ChannelNotApproved(NO_WAY, channel=SPOKEN, reason=NO_WAY)
    return Way(given.by, found.account, given.to)


def given_way(conversation: Conversation) -> AnswerWay | None:
    """What the citizen who spoke said of an answer, last; None for who wrote to us."""
    return answer_way(conversation.answer_with) if conversation.channel == SPOKEN else None


def limits_of(services: Services, conversation: Conversation) -> Rules:
    """The rules by which an answer goes here."""
    given = given_way(conversation)
    channel = given.by if given and is_written(given) else conversation.channel
    return services.channel(channel).rules.within(conversation.thread)


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
