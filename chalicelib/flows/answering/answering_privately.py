"""Answering in private what a citizen wrote in public: another action than answering it there.

The platform takes one for each comment or post, within ``Rules.privately``. The conversation stays
the public one; when the citizen answers in private, that is a conversation of its own.
"""

from datetime import timedelta

from chalicelib.channels.limits import Rules
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.moments import later
from chalicelib.domain.principal import Principal
from chalicelib.errors import ChannelNotApproved, NotFound, TooLong, WindowClosed
from chalicelib.flows.answering.refusing import must_be_allowed, must_be_written
from chalicelib.flows.answering.replying import Replied, keep_and_send, said_before
from chalicelib.flows.answering.writing_out import Said
from chalicelib.flows.desk.queueing import found, must_have_seen
from chalicelib.flows.services import Services


def reply_privately(
    services: Services,
    agent: Principal,
    subject: str,
    *,
    reply_id: str,
    text: str,
    seen: str,
    hold: timedelta = timedelta(),
) -> Replied:
    """Answer so that only the citizen reads it, exactly once for each ``reply_id``.

    ``hold``: see ``Said``. Raises as ``replying.reply`` does; nothing is kept then.
    """
    agent.must_be_allowed_to("answer")
    must_be_written(reply_id, text)
    conversation = found(services, subject)
    earlier = said_before(services, subject, reply_id)
    if earlier:
        return Replied(earlier, again=True)
    limits = must_be_open_in_private(services, conversation)
    length = limits.measure(text)
    if length > limits.longest_text:
        raise TooLong("the text is too long", longest=limits.longest_text, length=length)
    must_have_seen(services, conversation, seen)
    said = Said(reply_id, (text,), privately=True, hold=hold)
    return keep_and_send(services, agent, conversation, said)


def is_open_in_private(services: Services, conversation: Conversation) -> bool:
    """Whether the citizen can be answered in private now, as far as can be known beforehand."""
    try:
        must_be_open_in_private(services, conversation)
    except (ChannelNotApproved, WindowClosed, NotFound):
        return False
    return True


def must_be_open_in_private(services: Services, conversation: Conversation) -> Rules:
    """The rules for a private answer to something public, or why there is none."""
    public = must_be_allowed(services, conversation)
    if conversation.thread is None or public.privately is None:
        reason = "there is nothing public here to answer in private"
        raise ChannelNotApproved(reason, channel=conversation.channel, reason=reason)
    if later(conversation.inbound_at, public.privately) <= services.now():
        raise WindowClosed("too late for a private answer", since=conversation.inbound_at)
    return services.channel(conversation.channel).rules.within(None)
