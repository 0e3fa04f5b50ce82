"""One text to many, by the normal way of answers: to everyone who reports, or to volunteers.

    announce ─▶ the announcement, owed ─▶ carry_on   some people at a time, each in one transaction:
    appealing.approve ─▶                   not stopped · nothing newer · this person not yet
    stop ─────▶ carry_on   takes back what has not left; what has left stays

A person is answered once because their place in the announcement is a key that must be absent, and
the answer's delivery with it. So it may be run twice, by two workers, or killed at any write.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from chalicelib.domain import queue_item as rules
from chalicelib.domain.announcement import HOLD, PACE, Announcement, Recipient
from chalicelib.domain.conversation import EventWhat
from chalicelib.domain.delivery import Delivery, Place
from chalicelib.domain.fact import Fact
from chalicelib.domain.moments import Moment, instant, later
from chalicelib.domain.principal import Principal
from chalicelib.errors import Conflict, InvalidInput, NotFound, StaleVersion
from chalicelib.flows import nudges
from chalicelib.flows.answering.elsewhere import limits_of, way_of_answer
from chalicelib.flows.answering.replying import REPLY_ID, Said, our_messages, to_deliveries
from chalicelib.flows.answering.taking_back import take_appeal_back, take_back
from chalicelib.flows.citizen.cases import case_of, news, tell_news
from chalicelib.flows.desk.queueing import must_be_free
from chalicelib.flows.hinting import tell
from chalicelib.flows.incidents.asking import asked
from chalicelib.flows.incidents.circles import circle, reach_of
from chalicelib.flows.incidents.coordinating import found, happened
from chalicelib.flows.incidents.reaching import Reach
from chalicelib.flows.services import Services
from chalicelib.flows.telling import first_answer
from chalicelib.jobs.jobs import JUST_AFTER, LONGEST_DELAY
from chalicelib.store import (
    access_log,
    announcements,
    conversations,
    deliveries,
    keys,
    queue,
    talks,
)
from chalicelib.store.access_log import Action
from chalicelib.store.table import ConditionFailed, Key, Operation

UNREACHED = frozenset({"window", "too_long", "no_text", "closed"})
"""Why somebody was not answered who is told that there is news instead."""

AT_ONCE = 25
"""People in one job; then the lane is free for others."""


def announce(services: Services, agent: Principal, told: Announcement) -> Announcement:
    """Answer everyone, once for each id. Raises ``InvalidInput``, or ``AlreadyClaimed``.

    A colleague who has the incident is the one to answer.
    """
    agent.must_be_allowed_to("coordinate")
    incident, now = found(services, told.incident), services.now()
    must_be_free(services, agent, incident.subject)
    must_be_said(told)
    key = keys.announcement(told.incident, told.id)
    try:
        services.table.write(
            announcements.begun(told),
            happened(told.incident, "announced", agent, now, told.wordings[0].text),
            access_log.used(agent, "announce", told.incident, now),
        )
    except ConditionFailed:
        return found_announcement(services, told.incident, told.id)  # a double click
    services.jobs.send("deliver", nudges.announcement(key))
    tell(services, told.incident, incident.team)
    return told


def must_be_said(told: Announcement) -> None:
    """Raises ``InvalidInput`` when it says nothing, or has no id that a key can hold."""
    if not REPLY_ID.fullmatch(told.id) or not any(one.text.strip() for one in told.wordings):
        nothing = {"nl": "schrijf eerst een antwoord", "en": "write an answer first"}
        raise InvalidInput("nothing to say", {"text": nothing})


def found_announcement(services: Services, subject: str, id_: str) -> Announcement:
    """Raises ``NotFound``."""
    one = announcements.find(services.table, subject, id_, services.now())
    if one is None:
        raise NotFound("no such answer to everyone", subject=subject)
    return one


def stop(services: Services, agent: Principal, subject: str, id_: str) -> None:
    """No more of it; what has not left is taken back. Stopping what stopped changes nothing.

    Raises ``StaleVersion`` when it was done at this very moment.
    """
    agent.must_be_allowed_to("coordinate")
    told, now = found_announcement(services, subject, id_), services.now()
    if told.state == "stopped":
        return
    what: EventWhat = "appeal_stopped" if told.appeal else "announcement_stopped"
    action: Action = "stop_appeal" if told.appeal else "stop_announcement"
    try:
        services.table.write(
            announcements.stopped(told, agent.name, now),
            happened(subject, what, agent, now, ""),
            access_log.used(agent, action, subject, now),
        )
    except ConditionFailed as failed:
        raise StaleVersion("it went on, or was stopped, just now") from failed
    carry_on(services, keys.announcement(subject, id_))


def carry_on(services: Services, key: Key) -> None:
    """Bring it further: a number of people, or what has to be taken back. Safe to run twice."""
    told = announcements.at_key(services.table, key, services.now())
    if told is None or told.state in ("proposed", "done"):
        return
    more = take_all_back(services, told) if told.state == "stopped" else answer_some(services, told)
    if more:
        services.jobs.send("deliver", nudges.announcement(key))
        return
    try:
        services.table.write(announcements.ended(told))
    except ConditionFailed:
        services.jobs.send("deliver", nudges.announcement(key))  # somebody stopped it meanwhile
    tell(services, told.incident, told.team)


def answer_some(services: Services, told: Announcement) -> bool:
    """The next people; whether there are more, those included who are to be looked at again."""
    done = announcements.recipients(services.table, told.incident, told.id, services.now())
    known = {one.reporter for one in done}
    waiting = [
        one
        for one in circle(services, told)
        if one.reporter not in known and one.since <= told.seen_at
    ]
    turns = Counter((one.channel, one.account) for one in done if one.way != "none")
    lost = 0
    for person in waiting[:AT_ONCE]:
        way = reach_of(services, told, person)
        account = (way.channel, way.account)
        lost += not answer_one(services, told, way, turns[account])
        turns[account] += way.way != "none"
    return bool(lost) or len(waiting) > AT_ONCE


def answer_one(services: Services, told: Announcement, way: Reach, turn: int) -> bool:
    """Write the answer of one person, or why there is none; whether that was done here and now.

    A race is lost to another worker, to whoever stopped it, or to the citizen who wrote just now.
    """
    now = services.now()
    reply_id = keys.digest("announcement", told.incident, told.id, way.reporter)
    made = answers(services, told, way, reply_id, turn) if way.way != "none" else []
    recipient = recipient_of(told, way, reply_id if made else "")
    follows = None if way.volunteer else follower(services, way.subject, way.why)
    try:
        services.table.write(
            announcements.still_going(told),
            announcements.looked_at(recipient, now),
            *made,
            *news(services, follows, "incident"),
        )
    except ConditionFailed:
        return False
    if made:
        wait = due_at(told, way, turn, now)
        delay = min(instant(wait) - instant(now) + JUST_AFTER, LONGEST_DELAY)
        services.jobs.send("deliver", nudges.delivery(keys.delivery(reply_id)), delay=delay)
        tell(services, way.subject)
    tell_news(services, follows)
    return True


def follower(services: Services, subject: str, why: str) -> str | None:
    """The case to tell that there is news, of who follows and was not answered; else None.

    Who was told that we are done is told nothing more: their page has it.
    """
    case = case_of(services, subject) if why in UNREACHED else None
    return case.number if case and case.follows and case.news != "closed" else None


def answers(
    services: Services, told: Announcement, way: Reach, reply_id: str, turn: int
) -> list[Operation]:
    """All that one answer writes: as an agent's own, but for the claim that it does not need."""
    conversation, now = way.conversation, services.now()
    if conversation is None:
        return []
    limits, goes = limits_of(services, conversation), way_of_answer(services, conversation)
    said = Said(reply_id, way.parts, template=way.template)
    messages = our_messages(conversation, told.writer, said, now)
    made = [
        replace(one, channel=goes.channel, account=goes.account, to=goes.to)
        for one in to_deliveries(conversation, messages, told.writer, limits)
    ]
    made = [replace(one, appeal=told.appeal is not None) for one in made]
    made[0] = replace(
        made[0],
        template=way.template,
        due_at=due_at(told, way, turn, now),
        place=Place(incident=told.incident, announcement=told.id, reporter=way.reporter),
    )
    fact, along = (asked if told.appeal else taken_on)(services, told, way)
    return [
        *along,
        *(deliveries.first(one, now) for one in made),
        conversations.written(messages[0], now, fact),
        *(conversations.written(one, now) for one in messages[1:]),
        access_log.used(told.writer, "reply", way.subject, now),
    ]


def taken_on(
    services: Services, told: Announcement, way: Reach
) -> tuple[Fact | None, list[Operation]]:
    """What waited is answered by it, behind the send fence.

    Life at risk stays where it is unless its writer took it: one text to many is no look at it.
    """
    item, now = way.item, services.now()
    if way.conversation is None:
        return None, []
    taken = item and (not item.emergency or item.held_by(told.by, now))
    fact = first_answer(item, now) if item and taken else None
    talk = talks.find(services.table, way.subject, now)
    return fact, [
        *([queue.saved(item, rules.answer(item), now)] if fact and item else []),
        conversations.nothing_newer(way.conversation),
        *([talks.taken(way.subject)] if talk else []),
    ]


def due_at(told: Announcement, way: Reach, turn: int, now: Moment) -> Moment:
    """After the time to think again, and after those of the same account before it."""
    return later(max(later(told.at, HOLD), now), PACE[way.audience] * turn)


def recipient_of(told: Announcement, way: Reach, reply_id: str) -> Recipient:
    return Recipient(
        incident=told.incident,
        announcement=told.id,
        reporter=way.reporter,
        subject=way.subject,
        channel=way.channel,
        account=way.account,
        audience=way.audience,
        way=way.way,
        why=way.why,
        reply_id=reply_id,
    )


def take_all_back(services: Services, told: Announcement) -> bool:
    """What has not left; a number at a time. Whether there is more."""
    waiting = [one for one in deliveries_of(services, told) if one.state == "queued"]
    for one in waiting[:AT_ONCE]:
        try:
            if told.appeal:
                take_appeal_back(services, told.writer, one)
            else:
                take_back(services, told.writer, one.subject, one.reply_id)
        except (Conflict, NotFound):
            continue  # it left just now
    return len(waiting) > AT_ONCE


def deliveries_of(services: Services, told: Announcement) -> Iterator[Delivery]:
    """The answers of it, each by its first part."""
    now = services.now()
    for one in announcements.recipients(services.table, told.incident, told.id, now):
        delivery = deliveries.find(services.table, one.reply_id, now) if one.reply_id else None
        if delivery:
            yield delivery
