"""What partners may read: in the partition of the matter, and behind the digest of a link."""

from chalicelib.domain.moments import Moment, seconds
from chalicelib.domain.partner_share import PartnerShare
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, Change, Delete, Operation, Put, Table, all_of


def shared(share: PartnerShare, secret: str, channel: str) -> tuple[Operation, ...]:
    """The view and the link that leads to it, which ends with it."""
    key, link = keys.partner_share(share.subject, share.id), keys.partner_link(secret)
    expiry = expires_at("card", share.at, channel)
    leads = {"subject": share.subject, "id": share.id, "expires_at": seconds(share.until)}
    return (
        Put(to_item(key, share, expires_at=expiry), only_if=Absent("pk")),
        Put({"pk": link.pk, "sk": link.sk, **leads}, only_if=Absent("pk")),
    )


def of_subject(table: Table, subject: str, now: Moment) -> list[PartnerShare]:
    """All of a matter, the latest first."""
    partition = keys.conversation_partition(subject)
    found = each(table, partition, now, prefix=keys.PARTNERS, strong=True)
    shares = [from_item(PartnerShare, item) for item in found]
    return sorted(shares, key=lambda one: one.at, reverse=True)


def behind(table: Table, secret: str, now: Moment) -> PartnerShare | None:
    """Where this link leads; None when it leads nowhere (any more)."""
    link = get(table, keys.partner_link(secret), now)
    item = get(table, keys.partner_share(link["subject"], link["id"]), now) if link else None
    share = from_item(PartnerShare, item) if item else None
    return share if share and share.opens(now) else None


def received(share: PartnerShare, who: str, now: Moment) -> Change:
    """Once: who said it first."""
    return Change(
        keys.partner_share(share.subject, share.id),
        set={"received_by": who, "received_at": now},
        only_if=all_of(Absent("received_at"), Absent("ended_at")),
    )


def ended(share: PartnerShare, now: Moment) -> tuple[Operation, ...]:
    """Nobody reads it any more; that it was shared stays."""
    return (
        Change(
            keys.partner_share(share.subject, share.id),
            set={"ended_at": now},
            only_if=Absent("ended_at"),
        ),
        Delete(keys.partner_link_of(share.digest)),
    )
