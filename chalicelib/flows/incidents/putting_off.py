"""While a crisis is on, what can wait is put off, and its citizen is told honestly until when."""

from dataclasses import replace

from chalicelib.domain.conversation import Conversation
from chalicelib.domain.crisis import Crisis, put_off, wait_text
from chalicelib.domain.principal import SYSTEM
from chalicelib.domain.queue_item import QueueItem
from chalicelib.errors import ChannelNotApproved, NotFound, TooLong, WindowClosed
from chalicelib.flows.answering.speaking import Words, speak
from chalicelib.flows.incidents.standing_crises import turned_on
from chalicelib.flows.services import Services
from chalicelib.log import logger
from chalicelib.store import conversations, keys, queue
from chalicelib.store.table import ConditionFailed

NEVER = frozenset({"email", "partner"})
"""Two machines that answer each other never stop."""


def with_crisis(services: Services, item: QueueItem) -> QueueItem:
    """An item that is about to be placed, with the answering time that holds now."""
    if item.emergency:
        return item
    for crisis in turned_on(services):
        if crisis.hours and crisis.puts_off(item.about, item.team, item.urgency):
            about = replace(item.about, put_off=crisis.id)
            return replace(item, about=about, due_at=put_off(item.due_at, crisis.hours))
    return item


def tell_wait(services: Services, subject: str) -> None:
    """Say until when, once a conversation and crisis; where the channel takes it. Safe twice."""
    ours = {one.id: one for one in turned_on(services)}
    if not ours:
        return
    now = services.now()
    item = queue.find(services.table, subject, now)
    crisis = ours.get(item.about.put_off) if item and not item.answered else None
    conversation = conversations.find(services.table, subject, now) if crisis else None
    if item and crisis and conversation and may_be_told(conversation):
        say(services, conversation, crisis, item)


def may_be_told(conversation: Conversation) -> bool:
    """In private, to who wrote to us."""
    private = conversation.thread is None and conversation.addressed
    return private and conversation.channel not in NEVER


def say(services: Services, conversation: Conversation, crisis: Crisis, item: QueueItem) -> None:
    text = wait_text(crisis, conversation.lang, item.due_at)
    if not text:
        return
    words = Words(reply_id=keys.digest("wait", crisis.id, conversation.subject), text=text)
    try:
        speak(services, conversation, words, by=SYSTEM)
    except (WindowClosed, ChannelNotApproved, NotFound, TooLong) as error:
        logger.info("not told to wait", why=type(error).__name__)
    except ConditionFailed:
        return  # it was told before
