"""What a citizen changes afterwards: a text that becomes another, a message taken back."""

from dataclasses import replace

from chalicelib.domain.conversation import EarlierText, KeptMessage
from chalicelib.flows.arrival import Accepted, Arrival, known_place, original_of
from chalicelib.flows.services import Services
from chalicelib.store import conversations, references
from chalicelib.store.references import Reference
from chalicelib.store.table import Operation


def amend(services: Services, arrival: Arrival, original: KeptMessage) -> Accepted:
    """The original changes and keeps its earlier text; triage looks again."""
    now = services.now()
    known = references.find(services.table, arrival.occurrence_gate, now)
    if known:
        return known_place(known, arrival)
    key = conversations.message_key(original)
    here = Reference(subject=original.subject, message_sk=key.sk, envelope=arrival.source_text)
    gate = references.first(arrival.occurrence_gate, here, now)
    if original.deleted_at or arrival.at < (original.edited_at or ""):
        services.table.write(gate)  # a later change overtook it
        return Accepted(None, new=True)
    changed = amended(original, arrival)
    services.table.write(gate, conversations.edited(original, changed, now))
    return Accepted(key, new=True)


def amended(original: KeptMessage, arrival: Arrival) -> KeptMessage:
    """The message as it became."""
    before = EarlierText(text=original.text, until=arrival.at)
    return replace(
        original,
        text=arrival.message.text,
        media_count=arrival.message.media_count,
        earlier=(*original.earlier, before),
        edited_at=arrival.at,
    )


def take_back(services: Services, arrival: Arrival) -> Accepted:
    """The words go; before its message came, a tombstone waits for it."""
    now = services.now()
    known = references.find(services.table, arrival.occurrence_gate, now)
    if known:
        return Accepted(None, new=known.envelope == arrival.source_text)
    here = Reference(envelope=arrival.source_text, deleted_at=arrival.at)
    writes: list[Operation] = [references.first(arrival.occurrence_gate, here, now)]
    original = original_of(services, arrival)
    if original:
        writes.append(conversations.deleted(original, arrival.at))
    elif references.find(services.table, arrival.gate, now) is None:
        writes.append(references.first(arrival.gate, here, now))
    services.table.write(*writes)
    return Accepted(None, new=True)
