"""What a citizen changes afterwards: a text that becomes another, a message taken back."""

from dataclasses import replace

from chalicelib.domain.conversation import EarlierText, KeptMessage
from chalicelib.domain.media import KeptMedia
from chalicelib.flows.listening.overhearing import out_of_feeds
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.arrival import Accepted, Arrival, known_place, original_of
from chalicelib.flows.taking_in.attached import media_of, of_message, to_be_destroyed
from chalicelib.store import kept_messages, media, references
from chalicelib.store.references import Reference
from chalicelib.store.table import Operation


def amend(services: Services, arrival: Arrival, original: KeptMessage) -> Accepted:
    """The original changes and keeps its earlier text; triage looks again."""
    now = services.now()
    known = references.find(services.table, arrival.occurrence_gate, now)
    if known:
        return known_place(known, arrival)
    key = kept_messages.key_of(original)
    here = Reference(subject=original.subject, message_sk=key.sk, envelope=arrival.source_text)
    gate = references.first(arrival.occurrence_gate, here, now)
    if original.deleted_at or arrival.at < (original.edited_at or ""):
        services.table.write(gate)  # a later change overtook it
        return Accepted(None, new=True)
    changed = amended(original, arrival)
    files = new_files(services, arrival, original)
    edit = kept_messages.edited(original, changed, now)
    services.table.write(gate, edit, *map(media.first, files))
    return Accepted(key, new=True, media=tuple(map(media.key_of, files)))


def new_files(services: Services, arrival: Arrival, original: KeptMessage) -> list[KeptMedia]:
    """Files that the edit brought; the earlier ones stay, as the earlier text does."""
    if not arrival.message.media:
        return []
    known = {one.id for one in of_message(services, original)}
    return [one for one in media_of(arrival, original) if one.id not in known]


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
    files = of_message(services, original) if original and original.media_count else []
    if original:
        writes.append(kept_messages.deleted(original, arrival.at))
        writes += [media.saved(one, to_be_destroyed(one, now)) for one in files]
        writes += out_of_feeds(original)
    elif references.find(services.table, arrival.gate, now) is None:
        writes.append(references.first(arrival.gate, here, now))
    services.table.write(*writes)
    return Accepted(None, new=True, media=tuple(map(media.key_of, files)))
