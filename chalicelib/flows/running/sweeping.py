"""The safety net, every minute: whatever still owes work and is overdue gets a new nudge.

A nudge may be lost, doubled or late without harm, because of this and because every step can be
run twice.
"""

from collections import Counter
from datetime import timedelta

from chalicelib.domain import queue_rules as rules
from chalicelib.domain.conversation import Event, EventWhat
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import SYSTEM
from chalicelib.domain.queue_item import QueueItem
from chalicelib.flows import nudges
from chalicelib.flows.answering.templating import begin_reading_templates
from chalicelib.flows.assessing.drawing import begin_drawing
from chalicelib.flows.desk.queueing import announce
from chalicelib.flows.figures.counting import begin_counting
from chalicelib.flows.running.checking import begin_checking
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.sources import begin_reading
from chalicelib.log import logger
from chalicelib.store import due, keys, queue, timeline
from chalicelib.store.table import ConditionFailed, Key

AT_ONCE = 10
"""Jobs a send: what SQS takes in one call."""

WOKEN, A_SECOND = 25, timedelta(seconds=1)
"""Of a shard of the due index, at most so many items are woken in one go: 200 in all, of which each
is a write on its list and one on that list's changes."""


def sweep(services: Services) -> Counter[str]:
    """Nudge everything overdue; how many of each kind."""
    begin_reading(services)
    begin_checking(services)
    begin_drawing(services)
    begin_reading_templates(services)
    begin_counting(services)
    counts: Counter[str] = Counter()
    counts[keys.QUEUE_DUE] = wake_some(services)
    for kind in NUDGE:
        overdue = list(due.overdue(services.table, kind, services.now()))
        counts[kind] = len(overdue)
        nudge_all(services, kind, overdue)
    if counts.total():
        logger.info("swept", overdue=dict(counts))
    return counts


NUDGE = {
    keys.ENVELOPE_DUE: nudges.envelope,
    keys.MESSAGE_DUE: nudges.message,
    keys.DELIVERY_DUE: nudges.delivery,
    keys.POLL_DUE: nudges.poll,
    keys.REDO_DUE: nudges.redo,
    keys.MEDIA_DUE: nudges.media,
    keys.CARD_DUE: nudges.card,
    keys.TALK_DUE: nudges.talk,
    keys.CASE_DUE: nudges.case,
    keys.INCIDENT_DUE: nudges.incident,
    keys.APPOINTMENT_DUE: nudges.appointment,
    keys.SEARCH_DUE: nudges.search,
    keys.FIGURES_DUE: nudges.figures,
    keys.ANNOUNCEMENT_DUE: nudges.announcement,
    keys.POST_DUE: nudges.post,
    keys.CALL_DUE: nudges.call,
    keys.HANDOVER_DUE: nudges.handover,
}


def wake_some(services: Services) -> int:
    """Wake those whose moment came first; when there are more, the rest from a second later on.

    Thousands at risk whom nobody looks at would else be written to one list at once.
    """
    overdue = list(due.overdue(services.table, keys.QUEUE_DUE, services.now(), WOKEN))
    for key in overdue:
        wake(services, key)
    if len(overdue) >= WOKEN:
        services.jobs.send("deliver", nudges.waking(), delay=A_SECOND)
    return len(overdue)


def nudge_all(services: Services, kind: keys.Due, overdue: list[Key]) -> None:
    """A job for each, in the lane of its kind."""
    bodies = [NUDGE[kind](key) for key in overdue]
    for start in range(0, len(bodies), AT_ONCE):
        services.jobs.send(nudges.LANE_OF[kind], *bodies[start : start + AT_ONCE])


def wake(services: Services, key: Key) -> None:
    """A claim ended, a snooze ended, or life is at risk and nobody acted."""
    now = services.now()
    item = queue.find(services.table, keys.subject_of(key), now)
    if item is None or item.wakes_at is None or item.wakes_at > now:
        return
    after, what, text = next_step(item, now)
    event = Event(what=what, at=now, by=SYSTEM.id, name=SYSTEM.name, text=text)
    try:
        services.table.write(queue.saved(item, after, now), timeline.happened(item.subject, event))
    except ConditionFailed:
        return  # somebody acted just now
    if what == "paged":
        services.pager.page(after)
    announce(services, after)


def next_step(item: QueueItem, now: Moment) -> tuple[QueueItem, EventWhat, str]:
    """What is to happen to an item whose moment has come."""
    if item.acknowledge_by and item.acknowledge_by <= now:
        return rules.page(item, now), "paged", f"oproep {item.pages + 1}: niemand reageerde"
    if item.claim_until and item.claim_until <= now:
        return rules.release(item, now), "claim_ended", item.claimed_name or ""
    return rules.wake(item), "woke", ""
