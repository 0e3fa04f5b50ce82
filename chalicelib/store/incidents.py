"""Incidents: what is known of each, its members, what matching reads of it, and lone reports."""

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.domain.incident import Incident, Member, Slot, State
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import attributes, from_item, to_item
from chalicelib.store.reading import alive, each, get
from chalicelib.store.table import (
    Absent,
    Change,
    Delete,
    Is,
    Item,
    Key,
    Present,
    Put,
    Table,
    all_of,
)

LAST_SLOTS = 80
"""So many of the reports that stand alone are held against a new one, the latest."""


def find(table: Table, subject: str, now: Moment, *, strong: bool = True) -> Incident | None:
    item = get(table, keys.incident(subject), now, strong=strong)
    return None if item is None else from_item(Incident, item)


def find_owing(table: Table, subject: str, now: Moment) -> tuple[Incident | None, Moment | None]:
    """The incident, and when it is to be looked at."""
    item = get(table, keys.incident(subject), now)
    return (from_item(Incident, item), item.get("due_sk")) if item else (None, None)


def whole(table: Table, subject: str, now: Moment) -> Incident | None:
    """The incident, or the one that took it up."""
    found = find(table, subject, now)
    return whole(table, found.joined_into, now) if found and found.joined_into else found


def listing(table: Table, state: State, now: Moment) -> list[Incident]:
    """All in a state, the one opened last first."""
    rows = each(table, keys.incidents_partition(state), now, index="by_list")
    named = [keys.subject_of(Key(row["pk"], row["sk"])) for row in rows]
    found = (find(table, subject, now, strong=False) for subject in reversed(named))
    return [one for one in found if one and one.state == state]


def since(table: Table, state: State, begin: Moment, now: Moment) -> list[Incident]:
    """Those in a state that began at or after a moment, the latest first."""
    partition, last = keys.incidents_partition(state), f"{now}~"
    rows = each(table, partition, now, index="by_list", between=(begin, last))
    named = [keys.subject_of(Key(row["pk"], row["sk"])) for row in rows]
    found = (find(table, subject, now, strong=False) for subject in reversed(named))
    return [one for one in found if one and one.state == state]


def founded(incident: Incident, due_at: Moment, now: Moment) -> Put:
    """It begins, unless somebody founded it meanwhile."""
    return Put(
        to_item(
            keys.incident(incident.subject),
            incident,
            expires_at=expires_at("incident", now),
            **index_keys(incident, due_at),
        ),
        only_if=Absent("pk"),
    )


def index_keys(incident: Incident, due_at: Moment | None) -> Item:
    """Where it is listed, and when it must be looked at."""
    listed = keys.incidents_listed(incident.state, incident.first_at, incident.subject)
    key = keys.incident(incident.subject)
    return listed | (keys.due(keys.INCIDENT_DUE, due_at, key) if due_at else {})


def saved(before: Incident, after: Incident, due_at: Moment | None, now: Moment) -> Change:
    """Only what differs, and only if nobody changed it since."""
    old = {**attributes(before), **index_keys(before, None)}
    new = {**attributes(after), **index_keys(after, due_at)}
    gone = set(old) - set(new)
    return Change(
        keys.incident(after.subject),
        set={
            "expires_at": expires_at("incident", now),
            **{name: value for name, value in new.items() if old.get(name) != value},
        },
        remove=tuple(sorted(gone | (set() if due_at else set(keys.NO_LONGER_DUE)))),
        only_if=Is("version", before.version),
    )


def counted(
    before: Incident, owing: Moment | None, after: Incident, due_at: Moment | None, now: Moment
) -> Change:
    """Likewise after a count; fails too when something came since, which it does not hold."""
    as_owed = Is("due_sk", owing) if owing else Absent("due_sk")
    change = saved(before, after, due_at, now)
    return replace(change, only_if=all_of(Is("version", before.version), as_owed))


def look_again(subject: str, version: int, due_at: Moment) -> Change:
    """Something came: count anew soon. Once for many."""
    key = keys.incident(subject)
    return Change(
        key, set=dict(keys.due(keys.INCIDENT_DUE, due_at, key)), only_if=Is("version", version)
    )


def given(subject: str, team: str) -> Change:
    """Another team's from now on. No version: a count writes only what it counted differently."""
    return Change(keys.incident(subject), set={"team": team}, only_if=Present("pk"))


# --- members -----------------------------------------------------------------------------------


def added(member: Member, now: Moment) -> Put:
    """A message is part of it. The same one a second time changes nothing that counts."""
    key = keys.member(member.incident, member.message)
    expiry = expires_at("incident", now, member.channel)
    return Put(to_item(key, member, expires_at=expiry, **by_time(member, here=member.here)))


def by_time(member: Member, *, here: bool) -> Item:
    return keys.member_listed(member.incident, member.at, member.message, here=here)


def moved(member: Member, to: str | None) -> Change:
    """A person took a message out of it (``to``: into which other, empty for none), or back."""
    key = keys.member(member.incident, member.message)
    if to is None:
        back = by_time(member, here=True)
        return Change(key, set=back, remove=("gone_to",), only_if=Present("gone_to"))
    gone = {"gone_to": to, **by_time(member, here=False)}
    return Change(key, set=gone, only_if=all_of(Present("pk"), Absent("gone_to")))


def members(table: Table, subject: str, now: Moment) -> list[Member]:
    """All that were ever part of it, taken out or not, in the order of their time."""
    found = [
        from_item(Member, item)
        for number in range(keys.MEMBER_SHARDS)
        for item in each(table, keys.member_partition(subject, number), now, strong=True)
    ]
    return sorted(found, key=lambda one: (one.at, one.message))


def newest(
    table: Table, subjects: Iterable[str], begin: int, most: int, now: Moment, *, here: bool = True
) -> list[Member]:
    """The latest of these incidents together, from the one numbered ``begin`` on.

    However many there are before these, they are not read. The list may lag behind a change for a
    moment; what it names is read as it is, so that nothing shows where it no longer is.
    """
    rows = [
        row
        for subject in subjects
        for row in last(table, keys.members_listed(subject, here=here), begin + most, now)
    ]
    rows.sort(key=lambda row: str(row["list_sk"]), reverse=True)
    found = (get(table, Key(row["pk"], row["sk"]), now) for row in rows[begin : begin + most])
    members = (from_item(Member, item) for item in found if item)
    return [one for one in members if one.here == here]


def last(table: Table, listed: str, most: int, now: Moment) -> list[Item]:
    """The last rows of a list."""
    rows: list[Item] = []
    after: str | None = None
    while len(rows) < most:
        page = table.query(
            listed, index="by_list", reverse=True, limit=most - len(rows), after=after
        )
        rows += [item for item in page.items if alive(item, now)]
        after = page.after
        if after is None:
            break
    return rows


def find_member(table: Table, subject: str, message: str, now: Moment) -> Member | None:
    item = get(table, keys.member(subject, message), now)
    return None if item is None else from_item(Member, item)


# --- what matching reads -----------------------------------------------------------------------


def pictured(subject: str, picture: str, at: Moment) -> Put:
    """What matching reads of an open incident, as JSON."""
    key = keys.picture(subject)
    expiry = expires_at("slot", at)
    return Put({"pk": key.pk, "sk": key.sk, "picture": picture, "expires_at": expiry})


def unpictured(subject: str) -> Delete:
    """Nothing joins it any more."""
    return Delete(keys.picture(subject))


def pictures(table: Table, now: Moment, *, strong: bool) -> list[tuple[str, str]]:
    """Each open incident with its picture."""
    return [
        (item["sk"], item["picture"]) for item in each(table, keys.PICTURES, now, strong=strong)
    ]


def opened(slot: Slot, now: Moment) -> Put:
    """It stands alone, next in turn. Fails when somebody else took this turn."""
    key = keys.slot(slot.day, slot.number)
    expiry = expires_at("slot", now, slot.member.channel)
    return Put(to_item(key, slot, expires_at=expiry), only_if=Absent("pk"))


def taken(slot: Slot) -> Change:
    """It stands alone no more."""
    return Change(
        keys.slot(slot.day, slot.number), set={"taken": True}, only_if=Is("taken", value=False)
    )


def lone(table: Table, days: tuple[str, ...], now: Moment, most: int) -> list[Slot]:
    """The latest reports of these days that still stand alone, at most so many a day."""
    found: list[Slot] = []
    for day in days:
        page = table.query(keys.slots_of(day), reverse=True, limit=most)
        found += [from_item(Slot, item) for item in page.items if alive(item, now)]
    return [one for one in found if not one.taken]


def slots(table: Table, days: tuple[str, ...], now: Moment, *, strong: bool) -> list[Slot]:
    """The latest of these days, newest first, those no longer alone included."""
    found: list[Slot] = []
    for day in days:
        page = table.query(keys.slots_of(day), reverse=True, limit=LAST_SLOTS, strong=strong)
        found += [from_item(Slot, item) for item in page.items if alive(item, now)]
    return found[:LAST_SLOTS]
