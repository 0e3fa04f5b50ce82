"""Cards: what was passed on, owed until it is sent and somebody said that they have it."""

from datetime import timedelta

from chalicelib.domain.card import Card, Receiver
from chalicelib.domain.moments import Moment, later, seconds
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import attributes, from_item, to_item
from chalicelib.store.directory import listed
from chalicelib.store.reading import alive, each, get
from chalicelib.store.table import Absent, Change, Is, Item, Key, Put, Table, all_of

MOST_LISTED = 50
"""Cards that a unit sees, the newest."""

LINK_HOLDS = timedelta(days=1)
"""A link is a key that travels by mail: after a day it opens nothing."""


def receivers(table: Table) -> list[Receiver]:
    """The centre first, then the units by name."""
    found = [from_item(Receiver, item) for item in listed(table, "RECEIVER#")]
    return sorted(found, key=lambda one: (one.kind != "centre", one.name))


def kept_receiver(receiver: Receiver) -> Put:
    return Put(to_item(keys.receiver(receiver.id), receiver))


def first(card: Card, channel: str) -> Put:
    """The same card a second time fails: a double click passes on once."""
    expiry, listed_at = expires_at("card", card.at, channel), keys.for_unit(card.receiver, card.at)
    item = to_item(key_of(card), card, expires_at=expiry, **marker(card), **listed_at)
    return Put(item, only_if=Absent("pk"))


def saved(before: Card, after: Card) -> Change:
    """Only what differs, and only if state, status and attempt are still as read."""
    old = {**attributes(before), **marker(before)}
    new = {**attributes(after), **marker(after)}
    return Change(
        key_of(after),
        set={name: value for name, value in new.items() if old.get(name) != value},
        remove=tuple(sorted(old.keys() - new.keys())),
        only_if=all_of(
            Is("state", before.state),
            Is("attempts", before.attempts),
            Is("status", before.status) if before.status else Absent("status"),
        ),
    )


def find(table: Table, key: Key, now: Moment) -> Card | None:
    item = get(table, key, now)
    return None if item is None else from_item(Card, item)


def of_conversation(table: Table, subject: str, now: Moment) -> list[Card]:
    """All of a conversation, newest first."""
    partition = keys.conversation_partition(subject)
    found = [from_item(Card, item) for item in each(table, partition, now, prefix=keys.CARDS)]
    return sorted(found, key=lambda card: card.at, reverse=True)


def of_receiver(table: Table, receiver: str, now: Moment) -> list[Card]:
    """The last ones that went to a receiver, newest first."""
    partition = keys.unit_partition(receiver)
    page = table.query(partition, index="by_person", reverse=True, limit=MOST_LISTED)
    found = (find(table, Key(row["pk"], row["sk"]), now) for row in page.items if alive(row, now))
    return [card for card in found if card]


def key_of(card: Card) -> Key:
    return keys.card(card.subject, card.id)


def marker(card: Card) -> Item:
    return keys.due(keys.CARD_DUE, card.due_at, key_of(card)) if card.due_at else {}


def receipt_link(secret: str, card: Card, now: Moment) -> Put:
    """Who has this link reads the card, and may say that they have it."""
    place = {"subject": card.subject, "card": card.id}
    key = keys.receipt_link(secret)
    return Put({"pk": key.pk, "sk": key.sk, **place, "expires_at": seconds(later(now, LINK_HOLDS))})


def linked(table: Table, secret: str, now: Moment) -> Card | None:
    """The card behind a link."""
    item = get(table, keys.receipt_link(secret), now)
    return None if item is None else find(table, keys.card(item["subject"], item["card"]), now)
