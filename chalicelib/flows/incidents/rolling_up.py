"""An incident is counted anew from its members: often while it is small, now and then in a storm.

    a message joined ──▶ grown ──▶ roll_up    members → counts, picture, title, queue item;
                           │                  queue item → the team that has it
                           └─ too soon: owed, and the sweeper finds it

The incident itself is never written per post. Counting is from the beginning each time, so that it
may run twice, late, or at once in two workers: who was slower writes nothing.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from chalicelib.detection.locating.gazetteer import at_hand
from chalicelib.domain.incident import Incident, Member
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.queue_item import ANSWER_WITHIN, About, QueueItem, rank
from chalicelib.errors import StoreUnavailable
from chalicelib.flows.hinting import tell_teams
from chalicelib.flows.incidents.open_incidents import forget_open
from chalicelib.flows.incidents.proposing_crises import watch_for_rise
from chalicelib.flows.services import Services
from chalicelib.incidents.counting import counted
from chalicelib.incidents.matching import OPEN_FOR, belongs
from chalicelib.incidents.picture import picture_of
from chalicelib.incidents.report import Report
from chalicelib.store import conversations, incidents, kept_messages, keys, queue
from chalicelib.store.codec import from_text, to_text
from chalicelib.store.table import ConditionFailed, Key, Operation

TRIES = 5
SMALL = 25
"""Up to so many messages it is counted at each of them."""

LONGEST_PAUSE = timedelta(seconds=30)
MOST_TOLD = 80
"""What fits into one write; when it is first counted there are two or three."""

MANY = 1000
"""With so many messages the longest pause lies between two counts."""


def pause(messages: int) -> timedelta:
    """How long is waited between two counts of an incident of this size."""
    return timedelta(0) if messages <= SMALL else LONGEST_PAUSE * min(1.0, messages / MANY)


def grown(services: Services, subject: str) -> None:
    """A message joined: count now, or soon. Raises ``StoreUnavailable`` when the races never end.

    What was counted just now may have been counted without it, so it is looked at again.
    """
    for _ in range(TRIES):
        if is_counted_or_owed(services, subject):
            return
    raise StoreUnavailable("too many writers on one incident")


def is_counted_or_owed(services: Services, subject: str) -> bool:
    """One attempt; False when somebody changed the incident meanwhile."""
    now = services.now()
    incident, owing = incidents.find_owing(services.table, subject, now)
    if incident is None:
        return True
    if incident.joined_into:
        return is_counted_or_owed(services, incident.joined_into)
    soon = later(incident.rolled_at, pause(incident.messages))
    if soon <= now:
        roll_up(services, keys.incident(subject))
        return True
    if owing and owing <= soon:
        return True
    try:
        services.table.write(incidents.look_again(subject, incident.version, soon))
    except ConditionFailed:
        return False
    return True


def roll_up(services: Services, key: Key) -> Incident | None:
    """Count an incident anew; None when it is no more.

    Raises ``StoreUnavailable`` when the races never end; the job then comes back.
    """
    subject = keys.subject_of(key)
    for _ in range(TRIES):
        now = services.now()
        incident, owing = incidents.find_owing(services.table, subject, now)
        if incident is None or incident.joined_into:
            return None
        try:
            return roll_up_once(services, incident, owing, now)
        except ConditionFailed:
            continue
    raise StoreUnavailable("too many writers on one incident")


def roll_up_once(
    services: Services, incident: Incident, owing: Moment | None, now: Moment
) -> Incident:
    """One attempt. Raises ``ConditionFailed`` when somebody was faster, or something came since.

    ``owing``: when it was to be counted, as it was read.
    """
    members = here(services, incident, now)
    reports = unasked(members)
    if not reports:
        return closed(services, incident, incident, owing, now)
    if incident.state == "closed":
        return answered(services, incident, members, owing, now)
    members += gather(services, incident, reports, now)
    members.sort(key=lambda one: (one.at, one.message))
    reports = [from_text(Report, one.report) for one in members]
    picture = picture_of(unasked(members))
    after = counted(incident, members, reports, picture, now)
    after = replace(after, unit=at_hand().unit_of(after.gemeente))
    if later(after.latest_at, OPEN_FOR) <= now:
        return closed(services, incident, after, owing, now)
    item, item_writes = placed(services, incident, after, now)
    after = replace(after, team=item.team) if item else after
    writes: list[Operation] = [
        incidents.counted(incident, owing, after, later(after.latest_at, OPEN_FOR), now),
        incidents.pictured(incident.subject, to_text(picture), now),
    ]
    if incident.version == 1:
        writes += once(change for one in members for change in told(one))[:MOST_TOLD]
    services.table.write(*writes, *item_writes)
    forget_open(services)
    announce(services, after, item)
    watch_for_rise(services, after)
    return after


def unasked(members: Iterable[Member]) -> list[Report]:
    """What was reported by itself: an answer to an appeal tells nothing of where and what it is."""
    return [from_text(Report, one.report) for one in members if one.unasked]


def answered(
    services: Services,
    incident: Incident,
    members: list[Member],
    owing: Moment | None,
    now: Moment,
) -> Incident:
    """Somebody answers an appeal about what is long quiet: it waits again, and stays shut."""
    reports = [from_text(Report, one.report) for one in members]
    after = counted(incident, members, reports, picture_of(unasked(members)), now)
    item, writes = placed(services, incident, after, now)
    services.table.write(incidents.counted(incident, owing, after, None, now), *writes)
    announce(services, after, item)
    return after


def here(services: Services, incident: Incident, now: Moment) -> list[Member]:
    """All members that count, those of what it took up included."""
    return those_here(services, incident, incidents.members(services.table, incident.subject, now))


def those_here(services: Services, incident: Incident, own: list[Member]) -> list[Member]:
    """The same, where its ``own`` members were read already."""
    found, now = [*own], services.now()
    for name in incident.parts:
        part = incidents.find(services.table, name, now)
        found += here(services, part, now) if part else []
    return sorted((m for m in found if m.here), key=lambda one: (one.at, one.message))


def with_parts(services: Services, incident: Incident) -> list[str]:
    """Its own id, and that of all that it took up."""
    names = [incident.subject]
    for name in incident.parts:
        part = incidents.find(services.table, name, services.now())
        names += with_parts(services, part) if part else []
    return names


def once(operations: Iterable[Operation]) -> list[Operation]:
    """One change an item: two messages of one conversation tell it only once."""
    found = {one.key: one for one in operations}
    return list(found.values())


def told(member: Member) -> tuple[Operation, Operation]:
    """The message and its conversation know their incident."""
    return (
        kept_messages.part_of(member.subject, member.message_sk, member.incident),
        conversations.told_of(member.subject, member.incident),
    )


def gather(
    services: Services, incident: Incident, reports: list[Report], now: Moment
) -> list[Member]:
    """Reports that stood alone may belong to what is known better now."""
    if len(reports) > SMALL * 4:
        return []
    picture = picture_of(reports)
    found: list[Member] = []
    days = tuple(dict.fromkeys((picture.latest_at[:10], picture.first_at[:10])))
    for slot in incidents.slots(services.table, days, now, strong=False):
        if slot.taken or not belongs(from_text(Report, slot.member.report), picture):
            continue
        member = replace(slot.member, incident=incident.subject, because=(GATHERED,))
        try:
            services.table.write(incidents.taken(slot), incidents.added(member, now), *told(member))
        except ConditionFailed:
            continue  # another incident was first
        found.append(member)
    return found


GATHERED = "past bij wat later over dit voorval is gemeld"


def closed(
    services: Services, before: Incident, counted: Incident, owing: Moment | None, now: Moment
) -> Incident:
    """Nothing was heard of it for long, or nothing is left in it: nobody joins it any more."""
    after = replace(counted, state="closed", rolled_at=now, version=before.version + 1)
    services.table.write(
        incidents.counted(before, owing, after, None, now), incidents.unpictured(before.subject)
    )
    forget_open(services)
    return after


def placed(
    services: Services, before: Incident, after: Incident, now: Moment
) -> tuple[QueueItem | None, list[Operation]]:
    """Work of its own from the second reporter on; raised, and never lowered, as it grows."""
    if not after.several:
        return None, []
    standing = queue.find(services.table, after.subject, now)
    if standing is None and before.several and after.messages == before.messages:
        return None, []  # somebody finished it, and nothing came since
    item = shown(standing, after)
    if standing and replace(item, version=standing.version) == standing:
        return standing, []
    return item, [queue.saved(standing, item, now)]


def shown(standing: QueueItem | None, incident: Incident) -> QueueItem:
    """The incident as a list shows it.

    Life at risk stays with the conversations: each has its own clock, and nobody is called twice.
    """
    text = f"{incident.title} ({incident.reporters} melders, {incident.messages} berichten)"
    because = f"{incident.reporters} mensen melden hetzelfde voorval."
    about = About(
        topic=incident.topic,
        gemeente=incident.gemeente or "",
        unit=incident.unit or "",
        place=incident.where,
        reporters=incident.reporters,
        messages=incident.messages,
    )
    if standing is None:
        return QueueItem(
            subject=incident.subject,
            team=incident.team,
            channel=CHANNEL,
            account="",
            text=text,
            urgency=incident.urgency,
            emergency=False,
            because=because,
            lang="nl",
            waiting_since=incident.first_at,
            due_at=later(incident.first_at, ANSWER_WITHIN[incident.urgency]),
            priority=rank(incident.urgency, emergency=False),
            topic=incident.topic,
            opened_at=incident.rolled_at,
            about=about,
        )
    return replace(
        standing,
        text=text,
        because=because,
        urgency=incident.urgency,
        priority=rank(incident.urgency, emergency=False),
        topic=incident.topic,
        about=about,
        version=standing.version + 1,
    )


CHANNEL = "incident"
"""What a list shows where a conversation has its channel."""


def announce(services: Services, incident: Incident, item: QueueItem | None) -> None:
    """The team looks again."""
    if item:
        tell_teams(services, incident.subject, item.team)
