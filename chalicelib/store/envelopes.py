"""Envelopes: the raw bytes as received, small ones in the table and large ones in the bucket."""

import base64
from collections.abc import Iterator
from datetime import timedelta

from chalicelib.domain.envelope import Envelope, Ledger
from chalicelib.domain.moments import Moment, instant, later, moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.bucket import Bucket
from chalicelib.store.codec import attributes, from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, Change, Is, Item, Key, Put, Table

INLINE = 100_000
"""Bodies above this many bytes go to the bucket: an item holds 400 kB and every read pays."""

PATIENCE = timedelta(seconds=20)
"""When parsing has not happened by then, the nudge is taken as lost."""

COUNTED = ("state", "accepted", "duplicates", "ignored", "statuses", "channel", "expires_at")


def key_of(envelope: Envelope) -> Key:
    return keys.envelope(envelope.channel, envelope.account, envelope.received_at, envelope.digest)


def keep(table: Table, bucket: Bucket, envelope: Envelope, body: bytes) -> Key:
    """Keep an envelope with its due marker; the bytes first, so that it never points at nothing.

    Raises ``StoreUnavailable``: the platform then tries again.
    """
    key = key_of(envelope)
    due_at = later(envelope.received_at, PATIENCE)
    item = to_item(
        key,
        envelope,
        expires_at=expires_at("envelope", envelope.received_at),
        **stored_body(bucket, key, body),
        **keys.due(keys.ENVELOPE_DUE, due_at, key),
    )
    table.write(Put(item, only_if=Absent("pk")))
    return key


def stored_body(bucket: Bucket, key: Key, body: bytes) -> Item:
    """The attribute that holds the bytes, or says where they are."""
    if len(body) > INLINE:
        bucket.put(f"envelopes/{key.pk}/{key.sk}", body)
        return {"in_bucket": True}
    try:
        return {"body": body.decode()}
    except UnicodeDecodeError:
        return {"body_base64": base64.b64encode(body).decode()}


def load(table: Table, bucket: Bucket, key: Key, now: Moment) -> tuple[Envelope, bytes] | None:
    """An envelope with its bytes, or None when it is gone."""
    item = get(table, key, now)
    if item is None:
        return None
    return from_item(Envelope, item), loaded_body(bucket, key, item)


def loaded_body(bucket: Bucket, key: Key, item: Item) -> bytes:
    if item.get("in_bucket"):
        return bucket.get(f"envelopes/{key.pk}/{key.sk}")
    if "body_base64" in item:
        return base64.b64decode(item["body_base64"])
    text: str = item["body"]
    return text.encode()


def received_at(source: str) -> Moment:
    """When an envelope came, from its key as messages remember it (``pk|sk``)."""
    return source.partition("|")[2].partition("#")[0]


def outcome(envelope: Envelope) -> Change:
    """What became of it. Written last: until then the due marker keeps it owed."""
    counted = attributes(envelope)
    return Change(
        key_of(envelope),
        set={
            name: counted[name]
            for name in ("state", "accepted", "duplicates", "ignored", "statuses", "reason")
            if name in counted
        },
        remove=keys.NO_LONGER_DUE,
    )


def reopened(envelope: Envelope, now: Moment) -> Change:
    """An unreadable envelope is owed again, so that it is parsed anew after a fix."""
    key = key_of(envelope)
    return Change(
        key,
        set={"state": "kept", **keys.due(keys.ENVELOPE_DUE, now, key)},
        remove=("reason",),
        only_if=Is("state", "unreadable"),
    )


def hours(since: Moment, until: Moment) -> Iterator[str]:
    """The hours from ``since`` to ``until``, as in the keys."""
    at = instant(since)
    while moment(at)[:13] <= until[:13]:
        yield moment(at)[:13]
        at += timedelta(hours=1)


def since(
    table: Table,
    account: tuple[str, str],
    start: Moment,
    now: Moment,
    names: tuple[str, ...],
    *,
    strong: bool = True,
) -> Iterator[Item]:
    """These attributes of every envelope of an account received from ``start`` until now."""
    for hour in hours(start, now):
        for number in range(keys.ENVELOPE_SHARDS):
            pk = keys.envelope_partition(*account, hour, number)
            between = (start, f"{now}~")
            yield from each(table, pk, now, between=between, attributes=names, strong=strong)


def newest(table: Table, account: tuple[str, str], start: Moment, now: Moment) -> Moment | None:
    """When the last envelope of an account came that was received from ``start`` until now."""
    names = ("received_at", "expires_at")
    found = since(table, account, start, now, names, strong=False)
    return max((item["received_at"] for item in found), default=None)


def counted(table: Table, account: tuple[str, str], start: Moment, now: Moment) -> Ledger:
    """The ledger of one account."""
    found = since(table, account, start, now, COUNTED)
    return sum((entry(item) for item in found), Ledger())


def entry(item: Item) -> Ledger:
    """What one envelope adds to the ledger."""
    return Ledger(
        received=1,
        parsed=int(item["state"] == "parsed"),
        unreadable=int(item["state"] == "unreadable"),
        accepted=item["accepted"],
        duplicates=item["duplicates"],
        ignored=item["ignored"],
    )


NAMED = (
    "channel", "account", "received_at", "digest", "state", "reason", "transport", "expires_at",
)  # fmt: skip


def unreadable(
    table: Table, account: tuple[str, str], start: Moment, now: Moment
) -> list[Envelope]:
    """The envelopes of an account that could not be parsed, oldest first; without their bytes."""
    found = since(table, account, start, now, NAMED)
    return [from_item(Envelope, item) for item in found if item["state"] == "unreadable"]
