"""Files of a conversation, each with a due marker until it is destroyed with its message."""

from datetime import timedelta

from chalicelib.domain.media import KeptMedia
from chalicelib.domain.moments import Moment, later, seconds
from chalicelib.store import keys
from chalicelib.store.codec import attributes, from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, AllOf, Change, Delete, Is, Item, Key, Put, Table, all_of

TRACE = timedelta(days=7)
"""The table destroys an item this long after its bytes: it alone knows where those are."""


def key_of(media: KeptMedia) -> Key:
    return keys.media(media.subject, media.id)


def first(media: KeptMedia) -> Put:
    """A file that is owed: due at once, and in the end to be destroyed."""
    return Put(to_item(key_of(media), media, **marks(media)), only_if=Absent("pk"))


def marks(media: KeptMedia) -> Item:
    expiry = seconds(later(media.ends_at, TRACE))
    return {"expires_at": expiry, **keys.due(keys.MEDIA_DUE, media.due_at, key_of(media))}


def find(table: Table, key: Key, now: Moment) -> KeptMedia | None:
    item = get(table, key, now)
    return None if item is None else from_item(KeptMedia, item)


def of_conversation(table: Table, subject: str, now: Moment) -> list[KeptMedia]:
    """All files, in the order in which they stood in their messages."""
    partition = keys.conversation_partition(subject)
    found = each(table, partition, now, prefix=keys.MEDIA, strong=True)
    return sorted((from_item(KeptMedia, item) for item in found), key=lambda one: one.number)


def saved(before: KeptMedia, after: KeptMedia) -> Change:
    """Only what differs, and only if nobody else brought it further meanwhile."""
    old = {**attributes(before), **marks(before)}
    new = {**attributes(after), **marks(after)}
    return Change(
        key_of(after),
        set={name: value for name, value in new.items() if old.get(name) != value},
        remove=tuple(sorted(old.keys() - new.keys())),
        only_if=as_read(before),
    )


def gone(media: KeptMedia) -> Delete:
    """Nothing is left of it. Its bytes go first."""
    return Delete(key_of(media), only_if=as_read(media))


def as_read(media: KeptMedia) -> AllOf:
    return all_of(
        Is("state", media.state),
        Is("attempts", media.attempts),
        Is("message_sk", media.message_sk),
        Is("due_at", media.due_at),
    )
