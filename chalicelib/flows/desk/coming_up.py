"""An appointment comes up: its conversation stands on top of the team's queue in time."""

from dataclasses import replace

from chalicelib.domain.appointment import Appointment
from chalicelib.domain.conversation import Conversation, Event
from chalicelib.domain.dutch_time import local
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import SYSTEM
from chalicelib.domain.queue_item import QueueItem, rank
from chalicelib.flows.citizen.dossier import first_conversation, thread_of
from chalicelib.flows.desk.appointing import of_case
from chalicelib.flows.desk.queueing import announce
from chalicelib.flows.services import Services
from chalicelib.store import agenda, cases, conversations, keys, queue, timeline
from chalicelib.store.table import ConditionFailed, Key

TRIES = 5


def come_up(services: Services, key: Key) -> None:
    """Its time is near: on top of the team's queue. Safe to run twice."""
    number, now = keys.case_of(key), services.now()
    case = cases.find(services.table, number, now)
    made = of_case(services, case) if case else None
    if made is None or case is None or made.came_up or made.comes_up_at > now:
        return
    conversation = conversations.find(services.table, thread_of(services, case) or "", now)
    # Whoever took the place may have died before its message.
    conversation = conversation or first_conversation(services, case)
    if conversation is None:
        return  # the case has nowhere to be answered yet: the sweeper comes back
    for _ in range(TRIES):
        before = queue.find(services.table, conversation.subject, now)
        after = on_top(before, conversation, made, now)
        event = Event(what="raised", at=now, by=SYSTEM.id, name=SYSTEM.name, text=after.because)
        try:
            services.table.write(
                queue.saved(before, after, now),
                agenda.came_up(made),
                timeline.happened(conversation.subject, event),
            )
        except ConditionFailed:
            continue  # somebody acted, or it was called off
        announce(services, after)
        return


def on_top(
    before: QueueItem | None, conversation: Conversation, made: Appointment, now: Moment
) -> QueueItem:
    """The item as it waits for this appointment. Life at risk stays what it is."""
    because = f"Afspraak om {local(made.start):%H:%M} ({made.phone or 'met beeld'})"
    if before is None:
        before = QueueItem(
            subject=conversation.subject,
            team=made.team,
            channel=conversation.channel,
            account=conversation.account,
            author_name=conversation.author_name,
            text=because,
            urgency="nu",
            emergency=False,
            because=because,
            lang="nl",
            waiting_since=now,
            due_at=made.start,
            priority=rank("nu", emergency=False),
            version=0,
            opened_at=now,
        )
    if before.emergency:
        return replace(before, version=before.version + 1)
    urgent = before.urgency if before.rank < rank("nu", emergency=False) else "nu"
    return replace(
        before,
        urgency=urgent,
        priority=rank(urgent, emergency=False),
        because=because,
        due_at=min(before.due_at, made.start) if not before.answered else made.start,
        waiting_since=now if before.answered else before.waiting_since,
        answered=False,
        snoozed_until=None,
        version=before.version + 1,
    )
