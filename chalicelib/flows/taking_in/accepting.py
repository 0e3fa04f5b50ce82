"""Each message is taken in exactly once, however often and in whatever order it is delivered.

The reference under the platform's id is the gate: whoever writes it first has accepted the
message; everybody after finds the first one's place. All in one transaction (T1).
"""

from dataclasses import replace

from chalicelib.domain.conversation import KeptMessage, is_late
from chalicelib.domain.moments import Moment
from chalicelib.errors import StoreUnavailable
from chalicelib.flows.answering.answered import conversation_we_answered_in
from chalicelib.flows.listening.overhearing import found_again
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.amending import amend, take_back
from chalicelib.flows.taking_in.arrival import Accepted, Arrival, known_place, original_of, place_of
from chalicelib.flows.taking_in.attached import media_of
from chalicelib.flows.taking_in.recognising import known_by_another_id, leads_from_new_ids
from chalicelib.store import kept_messages, keys, media, references
from chalicelib.store.codec import to_text
from chalicelib.store.references import Reference
from chalicelib.store.table import ConditionFailed, Key, Operation

TRIES = 5
"""How often a lost race is read again before the job is left to come back."""


def accept(services: Services, arrival: Arrival, *, owed: bool = True) -> Accepted:
    """Take a message in, once. Raises ``StoreUnavailable`` when the races never end.

    ``owed``: it gets a due marker of its own; without one, its envelope's must outlive triage.
    """
    # What a platform delivers is nearly always new: then the write itself finds out, and no read
    # comes before it. Pages that we read ourselves are mostly what we know already.
    look = arrival.envelope.transport == "poll"
    for _ in range(TRIES):
        try:
            return accept_once(services, arrival, look=look, owed=owed)
        except ConditionFailed:
            look = True  # somebody else wrote the thread, the reference or the original
    raise StoreUnavailable("too many writers on one conversation")


def accept_once(services: Services, arrival: Arrival, *, look: bool, owed: bool) -> Accepted:
    """One attempt. Raises ``ConditionFailed`` when somebody was faster."""
    if arrival.message.kind == "deleted":
        return take_back(services, arrival)
    if arrival.message.kind == "edited":
        original = original_of(services, arrival)
        if original:
            return amend(services, arrival, original)
        look = True
    known = references.find(services.table, arrival.gate, services.now()) if look else None
    if known and known.message_sk:
        return accept_again(services, arrival, known)
    return accept_new(services, arrival, known, owed=owed)


def accept_new(
    services: Services, arrival: Arrival, tombstone: Reference | None, *, owed: bool
) -> Accepted:
    """T1: the reference if absent, the thread if absent, the message with its due marker."""
    now = services.now()
    kept, thread = placed(services, arrival, tombstone)
    key = kept_messages.key_of(kept)
    here = Reference(subject=kept.subject, message_sk=key.sk, envelope=arrival.source_text)
    first = references.after_deletion if tombstone else references.first
    store = kept_messages.accepted if owed and not kept.deleted_at else kept_messages.written
    gates = [first(arrival.gate, here, now)]
    if arrival.message.kind == "edited":  # it overtook its original, and stands in for it
        gates.append(references.first(arrival.occurrence_gate, here, now))
    files = media_of(arrival, kept)
    services.table.write(*gates, *thread, store(kept, now), *map(media.first, files))
    owing = tuple(map(media.key_of, files))
    return Accepted(None if kept.deleted_at else key, new=True, media=owing)


def accept_again(services: Services, arrival: Arrival, known: Reference) -> Accepted:
    """The id is taken: a duplicate, the item as it became, or the original of an early edit."""
    place = known_place(known, arrival)
    kept = kept_messages.find(services.table, place_of(known), services.now())
    if kept and arrival.message.edited_at:
        return amend(services, arrival.as_edit(), kept)
    if kept:
        found_again(services, kept, arrival.envelope.search)
    if kept is None or kept.kind != "edited" or arrival.message.kind == "edited":
        return place
    message = arrival.message
    services.table.write(kept_messages.original_came(kept, message.kind, message.text))
    return Accepted(None, new=True)


def placed(
    services: Services, arrival: Arrival, tombstone: Reference | None
) -> tuple[KeptMessage, tuple[Operation, ...]]:
    """The message in its conversation, and the write that leads its handle there when new."""
    now = services.now()
    lead = thread_key(services, arrival)
    subject = references.thread_subject(services.table, lead, now)
    thread: tuple[Operation, ...] = ()
    if subject is None:
        first_id = keys.digest(lead.pk, arrival.message.external_id)
        known = known_by_another_id(services, arrival)
        subject = known or conversation_we_answered_in(services, arrival) or first_id
        thread = (references.first_thread(lead, subject, now),)
    thread += leads_from_new_ids(services, arrival, subject)
    kept = to_kept(arrival, subject, now)
    if tombstone and tombstone.deleted_at:
        kept = replace(kept, text="", media_count=0, deleted_at=tombstone.deleted_at, triaged=True)
    return kept, thread


def thread_key(services: Services, arrival: Arrival) -> Key:
    """What the channel says belongs together.

    All that one author writes; in public only within one thread, so that a post under which
    thousands write is no conversation of thousands; or each message by itself.
    """
    message = arrival.message
    per = services.channel(arrival.channel).rules.one_conversation_per
    author = message.author_id if per != "message" else None
    handle = author or message.external_id
    in_public = per == "author_and_root" and message.thread
    lead = f"{handle}#{message.thread}" if in_public else handle
    return keys.thread(arrival.channel, arrival.account, lead)


def to_kept(arrival: Arrival, subject: str, now: Moment) -> KeptMessage:
    """The message as it is stored. A platform's clock that runs ahead is not believed."""
    message = arrival.message
    at = min(arrival.at, now)
    named = (arrival.channel, arrival.account, message.external_id, arrival.occurrence)
    return KeptMessage(
        id=keys.digest(*named),
        subject=subject,
        channel=arrival.channel,
        account=arrival.account,
        direction="in",
        text=message.text,
        kind=message.kind,
        at=at,
        accepted_at=now,
        external_id=message.external_id,
        author_id=message.author_id,
        author_name=message.author_name,
        media_count=message.media_count,
        location=to_text(message.location) if message.location else None,
        title=message.title,
        proven=message.proven,
        answer_with=message.answer_with,
        written_by=message.written_by,
        reply_to=message.reply_to,
        thread=message.thread,
        listened=arrival.envelope.listened,
        searches=(arrival.envelope.search,) if arrival.envelope.search else (),
        late=is_late(at, now),
        envelope=arrival.source_text,
    )
