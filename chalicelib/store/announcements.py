"""Texts to many, and whom each of them reached: in the incident's partition.

Whom one is for stands on pages of their own, which go after a week.
"""

from collections.abc import Mapping, Sequence

from chalicelib.domain.announcement import Announcement, Person, Recipient
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, from_text, to_item, to_text
from chalicelib.store.envelopes import PATIENCE
from chalicelib.store.reading import each, get
from chalicelib.store.table import (
    Absent,
    Change,
    Check,
    Is,
    Item,
    Key,
    Present,
    Put,
    Table,
    all_of,
)


def at_key(table: Table, key: Key, now: Moment) -> Announcement | None:
    item = get(table, key, now)
    return None if item is None else from_item(Announcement, item)


def find(table: Table, subject: str, id_: str, now: Moment) -> Announcement | None:
    return at_key(table, keys.announcement(subject, id_), now)


def of_incident(table: Table, subject: str, now: Moment) -> list[Announcement]:
    """All of an incident, the latest first."""
    partition = keys.conversation_partition(subject)
    found = each(table, partition, now, prefix=keys.ANNOUNCEMENTS, strong=True)
    told = [from_item(Announcement, item) for item in found]
    return sorted(told, key=lambda one: one.at, reverse=True)


def begun(one: Announcement) -> Put:
    """It goes out once: a second time under this id fails. What is only proposed is not owed."""
    key = keys.announcement(one.incident, one.id)
    due = {} if one.state == "proposed" else going_on(key, one.at)
    expiry = expires_at("incident", one.at)
    return Put(to_item(key, one, expires_at=expiry, **due), only_if=Absent("pk"))


def going_on(key: Key, at: Moment) -> Item:
    """When somebody must look, if nobody did."""
    return keys.due(keys.ANNOUNCEMENT_DUE, later(at, PATIENCE), key)


def approved(before: Announcement, after: Announcement) -> Put:
    """A proposal goes out from now on. Fails when it was decided meanwhile."""
    key = keys.announcement(after.incident, after.id)
    item = to_item(
        key, after, expires_at=expires_at("incident", after.at), **going_on(key, after.at)
    )
    return Put(item, only_if=Is("state", before.state))


def still_going(one: Announcement) -> Check:
    """Nobody stopped it."""
    return Check(keys.announcement(one.incident, one.id), only_if=Is("state", "going"))


def stopped(one: Announcement, by: str, now: Moment) -> Change:
    """No more of it, and what has not left is to be taken back."""
    key = keys.announcement(one.incident, one.id)
    return Change(
        key,
        set={
            "state": "stopped",
            "stopped_by": by,
            **going_on(key, now),
        },
        only_if=Is("state", one.state),
    )


def listed(one: Announcement, circle: str, pages: int) -> Change:
    """Whom it is for, from now on. Fails when another worker listed them, or it was stopped."""
    return Change(
        keys.announcement(one.incident, one.id),
        set={"circle": circle, "pages": pages},
        only_if=all_of(Is("state", "going"), Absent("circle")),
    )


def turned(one: Announcement, page: int, turns: Mapping[str, int], now: Moment) -> Change:
    """A page is done: on to another. Fails when another worker was first, or it was stopped."""
    key = keys.announcement(one.incident, one.id)
    return Change(
        key,
        set={"page": page, "turns": dict(turns), **going_on(key, now)},
        only_if=all_of(Is("state", one.state), Is("page", one.page)),
    )


def page_of(circle: str, number: int, people: Sequence[Person], now: Moment) -> Put:
    key = keys.circle_page(circle, number)
    expiry = expires_at("circle", now)
    return Put({"pk": key.pk, "sk": key.sk, "people": to_text(people), "expires_at": expiry})


def people(table: Table, circle: str, number: int, now: Moment) -> list[Person]:
    """Those on one page; nobody where there is no such page."""
    item = get(table, keys.circle_page(circle, number), now)
    return [] if item is None else from_text(list[Person], item["people"])


def ended(one: Announcement) -> Change:
    """Nothing is owed any more in the state that it was read in."""
    return Change(
        keys.announcement(one.incident, one.id),
        set={"state": "done" if one.state == "going" else one.state},
        remove=keys.NO_LONGER_DUE,
        only_if=Is("state", one.state),
    )


def looked_at(one: Recipient, now: Moment) -> Put:
    """A person was answered by it, or cannot be. Fails when another worker was first."""
    key = keys.recipient(one.incident, one.announcement, one.reporter)
    return Put(to_item(key, one, expires_at=expires_at("incident", now)), only_if=Absent("pk"))


def came_to(answer: Delivery) -> list[Change]:
    """What became of somebody's answer, where the answer to everyone reads it; else nothing."""
    place = answer.place
    if place is None:
        return []
    key = keys.recipient(place.incident, place.announcement, place.reporter)
    told = {"state": answer.state, "reason": answer.reason, "receipt": answer.receipt}
    return [Change(key, set=told, only_if=Present("pk"))]


def recipient(table: Table, subject: str, id_: str, reporter: str, now: Moment) -> Recipient | None:
    item = get(table, keys.recipient(subject, id_, reporter), now)
    return None if item is None else from_item(Recipient, item)


def left(one: Recipient, now: Moment) -> Change:
    """It was the last appeal to who asked for no more of them."""
    key = keys.recipient(one.incident, one.announcement, one.reporter)
    return Change(key, set={"left_at": now}, only_if=Present("pk"))


def recipients(table: Table, subject: str, id_: str, now: Moment) -> list[Recipient]:
    """Everybody that it was looked at for."""
    partition = keys.conversation_partition(subject)
    prefix = keys.recipients_of(id_)
    return [from_item(Recipient, item) for item in each(table, partition, now, prefix=prefix)]
