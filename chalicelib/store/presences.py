"""Who has a conversation open: beside its messages, for two minutes at most."""

from chalicelib.domain.moments import Moment
from chalicelib.domain.presence import Presence
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each
from chalicelib.store.table import Delete, Put, Table


def kept(presence: Presence) -> Put:
    key = keys.presence(presence.subject, presence.agent)
    return Put(to_item(key, presence, expires_at=expires_at("presence", presence.at)))


def gone(subject: str, agent: str) -> Delete:
    return Delete(keys.presence(subject, agent))


def of_conversation(table: Table, subject: str, now: Moment) -> list[Presence]:
    """Everybody, the one who told last also when that was long ago."""
    partition = keys.conversation_partition(subject)
    return [from_item(Presence, item) for item in each(table, partition, now, prefix=keys.PRESENT)]
