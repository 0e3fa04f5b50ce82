"""References: what we know under a platform's own id. Each id is taken once, by condition."""

from dataclasses import dataclass

from chalicelib.domain.message import ReceiptState
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import get
from chalicelib.store.table import Absent, Change, Delete, Is, Item, Key, Put, Table, any_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where a platform's id leads.

    To a citizen's message (``subject`` and ``message_sk``), brought by ``envelope``; to a
    delivery of ours (``reply_id``); to a deletion that came before its message (``deleted_at``);
    or to a receipt that overtook our own mark (``receipt``).
    """

    subject: str | None = None
    message_sk: str | None = None
    envelope: str | None = None
    reply_id: str | None = None
    deleted_at: Moment | None = None
    receipt: ReceiptState | None = None
    receipt_reason: str | None = None


def find(table: Table, key: Key, now: Moment) -> Reference | None:
    """What is known under this id."""
    item = get(table, key, now)
    return None if item is None else from_item(Reference, item)


def first(key: Key, reference: Reference, now: Moment) -> Put:
    """Take the id, when nobody has."""
    item = to_item(key, reference, expires_at=expires_at("reference", now))
    return Put(item, only_if=Absent("pk"))


def after_deletion(key: Key, reference: Reference, now: Moment) -> Put:
    """The message came after its own deletion: the tombstone becomes an ordinary reference."""
    item = to_item(key, reference, expires_at=expires_at("reference", now))
    return Put(item, only_if=Absent("subject"))


def to_delivery(key: Key, reply_id: str, now: Moment) -> Change:
    """The platform's id of our answer; a receipt that came first stays on it."""
    return Change(key, set={"reply_id": reply_id, "expires_at": expires_at("reference", now)})


def early_receipt(key: Key, state: ReceiptState, reason: str | None, now: Moment) -> Change:
    """A receipt for an id that we do not know yet waits here; never on a known one."""
    found: Item = {"receipt": state, "expires_at": expires_at("reference", now)}
    if reason:
        found["receipt_reason"] = reason
    return Change(key, set=found, only_if=Absent("reply_id"))


def thread_subject(table: Table, key: Key, now: Moment, *, strong: bool = True) -> str | None:
    """The conversation that this handle's messages belong to."""
    item = get(table, key, now, strong=strong)
    return None if item is None else item["subject"]


def first_thread(key: Key, subject: str, now: Moment) -> Put:
    """Lead a handle to its conversation, when nothing does yet."""
    item = {
        "pk": key.pk,
        "sk": key.sk,
        "subject": subject,
        "expires_at": expires_at("thread", now),
    }
    return Put(item, only_if=Absent("pk"))


def no_thread(key: Key, subject: str) -> Delete:
    """Who writes from this handle again begins anew. Leaves it where it leads elsewhere by now."""
    return Delete(key, only_if=any_of(Absent("pk"), Is("subject", subject)))
