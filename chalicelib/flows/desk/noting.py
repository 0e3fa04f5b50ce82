"""A note for colleagues beside a conversation."""

from chalicelib.domain.conversation import Event
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.hinting import tell
from chalicelib.flows.services import Services
from chalicelib.store import access_log, timeline

LONGEST_NOTE = 10_000


def note(services: Services, agent: Principal, subject: str, text: str) -> Event:
    """Leave a note for colleagues. It is an event, and no event can reach a channel."""
    agent.must_be_allowed_to("answer")
    if not text.strip() or len(text) > LONGEST_NOTE:
        size = {"nl": "1 tot 10.000 tekens", "en": "1 to 10,000 characters"}
        raise InvalidInput("not a note", {"text": size})
    conversation = found(services, subject)
    now = services.now()
    event = Event(what="note", at=now, by=agent.id, name=agent.name, text=text)
    services.table.write(
        timeline.happened(subject, event), access_log.used(agent, "note", subject, now)
    )
    tell(services, conversation.subject)
    return event
