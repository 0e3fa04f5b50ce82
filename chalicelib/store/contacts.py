"""Contacts: their conversations, and which contacts are recorded to be one person."""

from collections.abc import Iterator

from chalicelib.domain.contact import Join
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import conversations, keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, Condition, Is, Key, Put, Table, any_of


def conversations_of(table: Table, contact: str, now: Moment) -> Iterator[Conversation]:
    """A contact's conversations, the last active one last."""
    for row in each(table, keys.contact(contact), now, index="by_person"):
        found = conversations.find(table, keys.subject_of(Key(row["pk"], row["sk"])), now)
        if found:
            yield found


def joined(join: Join, now: Moment) -> tuple[Put, Put]:
    """On both sides, all or nothing. Fails when they are joined already."""
    parted = any_of(Absent("pk"), Is("stands", value=False))
    return _side(join, now, parted), _side(join.seen_from(join.other), now, parted)


def parted(before: Join, after: Join, now: Moment) -> tuple[Put, Put]:
    """Likewise; who joined them and why stays. Fails when somebody changed it meanwhile."""
    unchanged = Is("at", before.at)
    return _side(after, now, unchanged), _side(after.seen_from(after.other), now, unchanged)


def _side(join: Join, now: Moment, only_if: Condition) -> Put:
    key = keys.join(join.contact, join.other)
    item = to_item(key, join, stands=join.holds, expires_at=expires_at("handle", now))
    return Put(item, only_if=only_if)


def find(table: Table, contact: str, other: str, now: Moment) -> Join | None:
    item = get(table, keys.join(contact, other), now)
    return None if item is None else from_item(Join, item)


def of_contact(table: Table, contact: str, now: Moment) -> list[Join]:
    """Every join of this contact, those that were taken back as well."""
    found = each(table, keys.contact(contact), now, prefix=keys.JOINS, strong=True)
    return [from_item(Join, item) for item in found]
