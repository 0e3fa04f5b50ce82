"""A message on its way in: what one envelope holds of it, and under which keys it is known."""

from dataclasses import dataclass, replace

from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.envelope import Envelope
from chalicelib.domain.message import Message
from chalicelib.domain.moments import Moment, moment
from chalicelib.flows.services import Services
from chalicelib.store import kept_messages, keys, references
from chalicelib.store.references import Reference
from chalicelib.store.table import Key


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message of an envelope; ``source`` is the envelope's key."""

    envelope: Envelope
    source: Key
    message: Message

    @property
    def channel(self) -> str:
        return self.envelope.channel

    @property
    def account(self) -> str:
        """Ours: the element's own, where one delivery mixes several."""
        return self.message.account or self.envelope.account

    @property
    def at(self) -> Moment:
        """When the citizen did it; the time of receipt where the platform does not say."""
        told = self.message.timestamp
        return moment(told) if told else self.envelope.received_at

    @property
    def source_text(self) -> str:
        """The envelope's key in one string."""
        return source_text(self.source)

    @property
    def occurrence(self) -> str:
        """What sets repeated edits, deletions and reactions on one id apart: kind and moment."""
        if self.message.kind not in ("edited", "deleted", "reaction"):
            return ""
        told = self.message.timestamp
        return f"{self.message.kind}-{moment(told) if told else 'undated'}"

    @property
    def gate(self) -> Key:
        """Where the message is known; reactions on one message are messages of their own."""
        own = self.occurrence if self.message.kind == "reaction" else ""
        return keys.reference(self.channel, self.account, self.message.external_id, own)

    @property
    def occurrence_gate(self) -> Key:
        """Where one edit or deletion is known, of which an original may have many."""
        return keys.reference(self.channel, self.account, self.message.external_id, self.occurrence)

    def as_edit(self) -> "Arrival":
        """The item read again as it became: the platform shows the item itself, not the edit."""
        message = self.message
        edit = replace(message, kind="edited", timestamp=message.edited_at, edited_at=None)
        return replace(self, message=edit)


@dataclass(frozen=True, slots=True)
class Accepted:
    """Where a message is; ``message`` is None when triage owes it nothing (a tombstone).

    ``new`` is false for a duplicate: an earlier delivery brought it. ``media`` are files of it that
    are to be fetched now, or destroyed.
    """

    message: Key | None
    new: bool
    media: tuple[Key, ...] = ()


def source_text(source: Key) -> str:
    """An envelope's key in one string."""
    return f"{source.pk}|{source.sk}"


def place_of(known: Reference) -> Key:
    """Where the message is that a reference leads to."""
    return Key(keys.conversation_partition(known.subject or ""), known.message_sk or "")


def known_place(known: Reference, arrival: Arrival) -> Accepted:
    """It was taken in before. By this very envelope: a second run of it, so still new."""
    return Accepted(place_of(known), new=known.envelope == arrival.source_text)


def original_of(services: Services, arrival: Arrival) -> KeptMessage | None:
    """The message that an edit or deletion is about, when we have it."""
    now = services.now()
    known = references.find(services.table, arrival.gate, now)
    if known is None or known.message_sk is None:
        return None
    return kept_messages.find(services.table, place_of(known), now)
