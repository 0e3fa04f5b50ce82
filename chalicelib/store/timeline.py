"""What was done in a conversation, with an incident or a crisis: events, notes included."""

import secrets

from chalicelib.domain.conversation import Event
from chalicelib.domain.fact import Fact
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import facts, keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, Change, Key, Present, Put, Table


def happened(subject: str, event: Event, fact: Fact | None = None) -> Put:
    """Add to the timeline, and to the figures. The random tail sets apart one millisecond."""
    key = keys.event(subject, event.at, secrets.token_hex(4))
    told = facts.listed(fact) if fact else {}
    return Put(to_item(key, event, expires_at=expires_at("event", event.at), **told))


def happened_once(subject: str, event: Event, id_: str, fact: Fact) -> Put:
    """What can happen at most once at its moment. Fails when it was noted before."""
    key = keys.event(subject, event.at, id_)
    expiry = expires_at("event", event.at)
    item = to_item(key, event, expires_at=expiry, **facts.listed(fact))
    return Put(item, only_if=Absent("pk"))


def told_once(subject: str, event: Event, id_: str) -> Put:
    """What somebody else did, told here once. Fails when it was told before."""
    key = keys.event(subject, event.at, id_)
    return Put(to_item(key, event, expires_at=expires_at("event", event.at)), only_if=Absent("pk"))


def has_happened(table: Table, subject: str, id_: str, at: Moment, now: Moment) -> bool:
    """Whether what happens once was noted."""
    return get(table, keys.event(subject, at, id_), now, strong=False) is not None


def events(table: Table, subject: str, now: Moment) -> list[Event]:
    """What was done, oldest first, notes included."""
    partition = keys.conversation_partition(subject)
    return [from_item(Event, item) for item in each(table, partition, now, prefix=keys.EVENTS)]


def note_keys(table: Table, subject: str, now: Moment) -> list[str]:
    """The sort keys of what colleagues noted."""
    partition = keys.conversation_partition(subject)
    found = each(table, partition, now, prefix=keys.EVENTS)
    return [item["sk"] for item in found if item["what"] == "note"]


def note_erased(subject: str, event_sk: str) -> Change:
    return Change(
        Key(keys.conversation_partition(subject), event_sk),
        set={"text": ""},
        only_if=Present("pk"),
    )
