"""What people said of messages: beside the message, and listed by the day on which they said it."""

from collections.abc import Iterator

from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.label import Label
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Key, Put, Table


def kept(label: Label, message: KeptMessage) -> Put:
    """The label, for as long as its message is kept."""
    item = to_item(
        keys.label(label.subject, label.message, label.at, label.by),
        label,
        expires_at=expires_at("message", message.accepted_at),
        **keys.labelled(label.at, label.message),
    )
    return Put(item)


def of_conversation(table: Table, subject: str, now: Moment) -> list[Label]:
    """All that people said of its messages."""
    partition = keys.conversation_partition(subject)
    found = each(table, partition, now, prefix=keys.LABELS, strong=True)
    return [from_item(Label, item) for item in found]


def of_day(table: Table, day: str, now: Moment) -> Iterator[Label]:
    """All that people said on a day (``2026-11-21``), in the order they said it."""
    for row in each(table, keys.labelled_partition(day), now, index="by_person"):
        item = get(table, Key(row["pk"], row["sk"]), now)
        if item:
            yield from_item(Label, item)
