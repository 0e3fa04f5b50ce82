"""Who first opens an emergency is noted, once: how long it went unseen is a figure."""

from chalicelib.domain.conversation import Event
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueItem
from chalicelib.flows.services import Services
from chalicelib.flows.telling import act
from chalicelib.store import queue, timeline
from chalicelib.store.table import ConditionFailed


def note_seen(services: Services, principal: Principal, item: QueueItem | None) -> None:
    """The first who may answer has it on the screen."""
    if item is None or not item.at_risk_since or not principal.may("answer"):
        return
    if (item.seen_at or "") >= item.at_risk_since:
        return
    now = services.now()
    event = Event(what="seen", at=now, by=principal.id, name=principal.name)
    fact = act(item, "seen", now, since=item.at_risk_since)
    seen = queue.first_seen(item, now)
    try:
        services.table.write(seen, timeline.happened(item.subject, event, fact))
    except ConditionFailed:
        return  # a colleague saw it just before
