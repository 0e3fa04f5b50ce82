"""Each message is taken in exactly once, however often and in whatever order it is delivered.

The reference under the platform's id is the gate: whoever writes it first has accepted the
message; everybody after finds the first one's place. All in one transaction (T1).
"""

from dataclasses import dataclass, replace

from chalicelib.domain.conversation import EarlierText, KeptMessage, is_late
from chalicelib.domain.envelope import Envelope
from chalicelib.domain.message import Message
from chalicelib.domain.moments import Moment, moment
from chalicelib.errors import StoreUnavailable
from chalicelib.flows.services import Services
from chalicelib.store import conversations, keys, references
from chalicelib.store.codec import to_text
from chalicelib.store.references import Reference
from chalicelib.store.table import ConditionFailed, Key, Operation

TRIES = 5
"""How often a lost race is read again before the job is left to come back."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Where a message is; ``message`` is None when triage owes it nothing (a tombstone).

    ``new`` is false for a duplicate: an earlier delivery brought it.
    """

    message: Key | None
    new: bool


def accept(
    services: Services, envelope: Envelope, source: Key, message: Message, *, owed: bool = True
) -> Accepted:
    """Take a message in, once. Raises ``StoreUnavailable`` when the races never end.

    ``owed``: it gets a due marker of its own; without one, its envelope's must outlive triage.
    """
    # What a platform delivers is nearly always new: then the write itself finds out, and no read
    # comes before it. Pages that we read ourselves are mostly what we know already.
    look = envelope.transport == "poll"
    for _ in range(TRIES):
        try:
            return accept_once(services, envelope, source, message, look=look, owed=owed)
        except ConditionFailed:
            look = True  # somebody else wrote the thread, the reference or the original
    raise StoreUnavailable("too many writers on one conversation")


def accept_once(
    services: Services, envelope: Envelope, source: Key, message: Message, *, look: bool, owed: bool
) -> Accepted:
    """One attempt. Raises ``ConditionFailed`` when somebody was faster."""
    if message.kind == "edited":
        return accept_edit(services, envelope, source, message)
    if message.kind == "deleted":
        return accept_deletion(services, envelope, source, message)
    return accept_new(services, envelope, source, message, look=look, owed=owed)


def accept_new(
    services: Services,
    envelope: Envelope,
    source: Key,
    message: Message,
    *,
    look: bool = True,
    owed: bool = True,
) -> Accepted:
    """T1: the reference if absent, the thread if absent, the message with its due marker."""
    now = services.now()
    gate = reference_key(envelope, message)
    known = references.find(services.table, gate, now) if look else None
    if known and known.message_sk and message.edited_at:
        # Read again as it became: the platform shows the item itself, not the edit.
        edit = replace(message, kind="edited", timestamp=message.edited_at, edited_at=None)
        return accept_edit(services, envelope, source, edit)
    if known and known.message_sk:
        return accept_again(services, source, message, known)
    kept, thread = placed(services, envelope, source, message, known)
    key = conversations.message_key(kept)
    here = Reference(subject=kept.subject, message_sk=key.sk, envelope=source_text(source))
    first = references.after_deletion if known else references.first
    store = conversations.accepted if owed and not kept.deleted_at else conversations.written
    gates = [first(gate, here, now)]
    if message.kind == "edited":  # an edit that overtook its original stands in for it
        gates.append(references.first(occurrence_key(envelope, message), here, now))
    services.table.write(*gates, *thread, store(kept, now))
    return Accepted(None if kept.deleted_at else key, new=True)


def accept_again(services: Services, source: Key, message: Message, known: Reference) -> Accepted:
    """The id is taken: a duplicate, or the original of an edit that stood in for it."""
    place = known_place(known, source)
    kept = conversations.load_message(services.table, place_of(known), services.now())
    if kept is None or kept.kind != "edited" or message.kind == "edited":
        return place
    services.table.write(conversations.original_came(kept, message.kind, message.text))
    return Accepted(None, new=True)


def known_place(known: Reference, source: Key) -> Accepted:
    """It was taken in before. By this very envelope: a second run of it, so still new."""
    return Accepted(place_of(known), new=known.envelope == source_text(source))


def place_of(known: Reference) -> Key:
    """Where the message is that a reference leads to."""
    return Key(keys.conversation_partition(known.subject or ""), known.message_sk or "")


def placed(
    services: Services,
    envelope: Envelope,
    source: Key,
    message: Message,
    tombstone: Reference | None,
) -> tuple[KeptMessage, tuple[Operation, ...]]:
    """The message in its conversation, and the write that leads its handle there when new."""
    now = services.now()
    account = message.account or envelope.account
    lead = thread_key(services, envelope.channel, account, message)
    subject = references.thread_subject(services.table, lead, now)
    thread: tuple[Operation, ...] = ()
    if subject is None:
        subject = keys.digest(lead.pk, message.external_id)
        thread = (references.first_thread(lead, subject, now),)
    kept = to_kept(message, subject, envelope, source, now)
    if tombstone and tombstone.deleted_at:
        kept = replace(kept, text="", media_count=0, deleted_at=tombstone.deleted_at, triaged=True)
    return kept, thread


def thread_key(services: Services, channel: str, account: str, message: Message) -> Key:
    """What the channel says belongs together.

    All that one author writes; in public only within one thread, so that a post under which
    thousands write is no conversation of thousands; or each message by itself.
    """
    per = services.channel(channel).rules.one_conversation_per
    author = message.author_id if per != "message" else None
    handle = author or message.external_id
    in_public = per == "author_and_root" and message.thread
    return keys.thread(channel, account, f"{handle}#{message.thread}" if in_public else handle)


def to_kept(
    message: Message, subject: str, envelope: Envelope, source: Key, now: Moment
) -> KeptMessage:
    """The message as it is stored. A platform's clock that runs ahead is not believed."""
    at = min(happened_at(envelope, message), now)
    account = message.account or envelope.account
    return KeptMessage(
        id=keys.digest(envelope.channel, account, message.external_id, occurrence(message)),
        subject=subject,
        channel=envelope.channel,
        account=account,
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
        reply_to=message.reply_to,
        thread=message.thread,
        listened=envelope.listened,
        late=is_late(at, now),
        envelope=source_text(source),
    )


def accept_edit(services: Services, envelope: Envelope, source: Key, message: Message) -> Accepted:
    """The original changes and keeps its earlier text; triage looks again."""
    now = services.now()
    original = original_of(services, envelope, message)
    if original is None:
        return accept_new(services, envelope, source, message)
    gate = occurrence_key(envelope, message)
    known = references.find(services.table, gate, now)
    if known:
        return known_place(known, source)
    key = conversations.message_key(original)
    here = Reference(subject=original.subject, message_sk=key.sk, envelope=source_text(source))
    at = happened_at(envelope, message)
    if original.deleted_at or at < (original.edited_at or ""):
        services.table.write(references.first(gate, here, now))  # a later change overtook it
        return Accepted(None, new=True)
    changed = replace(
        original,
        text=message.text,
        media_count=message.media_count,
        earlier=(*original.earlier, EarlierText(text=original.text, until=at)),
        edited_at=at,
    )
    services.table.write(
        references.first(gate, here, now), conversations.edited(original, changed, now)
    )
    return Accepted(key, new=True)


def accept_deletion(
    services: Services, envelope: Envelope, source: Key, message: Message
) -> Accepted:
    """The words go; before its message came, a tombstone waits for it."""
    now = services.now()
    gate = occurrence_key(envelope, message)
    known = references.find(services.table, gate, now)
    if known:
        return Accepted(None, new=known.envelope == source_text(source))
    at = happened_at(envelope, message)
    here = Reference(envelope=source_text(source), deleted_at=at)
    writes: list[Operation] = [references.first(gate, here, now)]
    original = original_of(services, envelope, message)
    if original:
        writes.append(conversations.deleted(original, at))
    elif references.find(services.table, reference_key(envelope, message), now) is None:
        writes.append(references.first(reference_key(envelope, message), here, now))
    services.table.write(*writes)
    return Accepted(None, new=True)


def original_of(services: Services, envelope: Envelope, message: Message) -> KeptMessage | None:
    """The message that an edit or deletion is about, when we have it."""
    now = services.now()
    known = references.find(services.table, reference_key(envelope, message), now)
    if known is None or known.message_sk is None:
        return None
    return conversations.load_message(services.table, place_of(known), now)


def happened_at(envelope: Envelope, message: Message) -> Moment:
    """When the citizen did it; the time of receipt where the platform does not say."""
    return moment(message.timestamp) if message.timestamp else envelope.received_at


def reference_key(envelope: Envelope, message: Message) -> Key:
    """The gate of a message; reactions on one message are messages of their own."""
    account = message.account or envelope.account
    own = occurrence(message) if message.kind == "reaction" else ""
    return keys.reference(envelope.channel, account, message.external_id, own)


def occurrence_key(envelope: Envelope, message: Message) -> Key:
    """The gate of one edit or deletion, of which an original may have many."""
    account = message.account or envelope.account
    return keys.reference(envelope.channel, account, message.external_id, occurrence(message))


def occurrence(message: Message) -> str:
    """What sets repeated edits, deletions and reactions on one id apart: kind and moment."""
    if message.kind not in ("edited", "deleted", "reaction"):
        return ""
    return f"{message.kind}-{moment(message.timestamp) if message.timestamp else 'undated'}"


def source_text(source: Key) -> str:
    """An envelope's key in one string."""
    return f"{source.pk}|{source.sk}"
