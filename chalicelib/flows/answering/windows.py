"""How long a citizen can be answered, and what is written by hand after the usual window."""

from collections.abc import Iterable

from chalicelib.domain.conversation import Event
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.incident import is_incident
from chalicelib.domain.moments import later
from chalicelib.domain.principal import SYSTEM
from chalicelib.domain.queue_item import QueueRow
from chalicelib.flows.services import Services
from chalicelib.flows.telling import act
from chalicelib.store import conversations, queue, timeline
from chalicelib.store.table import ConditionFailed

MISSED = "window"


def is_after_window(services: Services, delivery: Delivery) -> bool:
    """Whether the usual window has ended, and this may still go out since a person wrote it.

    Asked when it is sent, not when it is written: an answer may have waited across the end.
    """
    limits = services.channel(delivery.channel).rules.within(delivery.thread)
    if not (delivery.by_hand and delivery.inbound_at and limits.window and limits.by_hand):
        return False
    return later(delivery.inbound_at, limits.window) <= services.now()


def note_missed(services: Services, rows: Iterable[QueueRow]) -> None:
    """Note whose window to be answered ended while they waited, once for each end."""
    for row in rows:
        if is_incident(row.subject):
            continue  # its conversations have windows, and rows of their own
        window = services.channel(row.channel).rules.longest_window
        waits = not row.answered and window is not None
        if waits and window and later(row.waiting_since, window) <= services.now():
            note_if_missed(services, row.subject)


def note_if_missed(services: Services, subject: str) -> None:
    """The window counts from what the citizen wrote last, which a list does not tell."""
    now = services.now()
    conversation = conversations.find(services.table, subject, now)
    item = queue.find(services.table, subject, now)
    if conversation is None or item is None or item.answered:
        return
    rules = services.channel(conversation.channel).rules.within(conversation.thread)
    window = rules.longest_window
    ended = later(conversation.inbound_at, window) if window else now
    if ended >= now or timeline.has_happened(services.table, subject, MISSED, ended, now):
        return
    event = Event(what="window_missed", at=ended, by=SYSTEM.id, name=SYSTEM.name, text=ended)
    fact = act(item, "missed", now)
    try:
        services.table.write(timeline.happened_once(subject, event, MISSED, fact))
    except ConditionFailed:
        return  # another clock noted it just now
