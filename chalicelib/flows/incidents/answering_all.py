"""One text to many, by the normal way of answers: to everyone who reports, or to volunteers.

    announce ─▶ the announcement, owed ─▶ carry_on   lists whom it is for, once; then page by page
    appealing.approve ─▶                   each person in one transaction:
                                           not stopped · nothing newer · this person not yet
    stop ─────▶ carry_on   takes back what has not left, from the last page to the first

A person is answered once because their place in the announcement is a key that must be absent, and
the answer's delivery with it. So it may be run twice, by two workers, or killed at any write: a
page is turned when all on it were looked at, by who turns it first.
"""

from collections import Counter
from dataclasses import replace

from chalicelib.domain import queue_rules as rules
from chalicelib.domain.announcement import HOLD, PACE, Announcement, Recipient
from chalicelib.domain.conversation import EventWhat
from chalicelib.domain.delivery import Place
from chalicelib.domain.fact import Fact
from chalicelib.domain.moments import Moment, instant, later
from chalicelib.domain.principal import Principal
from chalicelib.errors import Conflict, InvalidInput, NotFound, StaleVersion
from chalicelib.flows import nudges
from chalicelib.flows.answering.elsewhere import limits_of, way_of_answer
from chalicelib.flows.answering.refusing import REPLY_ID
from chalicelib.flows.answering.taking_back import take_appeal_back, take_back
from chalicelib.flows.answering.writing_out import Said, our_messages, to_deliveries
from chalicelib.flows.citizen.cases import case_of, news, tell_news
from chalicelib.flows.desk.queueing import must_be_free
from chalicelib.flows.hinting import tell
from chalicelib.flows.incidents.asking import asked
from chalicelib.flows.incidents.circles import list_circle, reach_of
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
    kept_messages,
    keys,
    queue,
    talks,
)
from chalicelib.store.access_log import Action
from chalicelib.store.table import ConditionFailed, Key, Operation

UNREACHED = frozenset({"window", "too_long", "no_text", "closed"})
"""Why somebody was not answered who is told that there is news instead."""


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
    """Bring it further by one page. Safe to run twice: who turned it first is the one to go on."""
    told = announcements.at_key(services.table, key, services.now())
    if told is None or told.state in ("proposed", "done"):
        return
    try:
        if bring_further(services, told):
            services.jobs.send("deliver", nudges.announcement(key))
            return
        services.table.write(announcements.ended(told))
    except ConditionFailed:
        return  # another worker goes on with it, or who stopped it
    tell(services, told.incident, told.team)


def bring_further(services: Services, told: Announcement) -> bool:
    """One step; whether there is more. Raises ``ConditionFailed`` when another was first."""
    if told.state == "stopped":
        return take_some_back(services, told)
    if told.circle is None:
        list_circle(services, told)
        return True
    return answer_some(services, told, told.circle)


def answer_some(services: Services, told: Announcement, circle: str) -> bool:
    """Those of a page, and on to the next one; if some are to be looked at again, it stays."""
    turns, lost, now = Counter(told.turns), 0, services.now()
    for person in announcements.people(services.table, circle, told.page, now):
        looked = announcements.recipient(
            services.table, told.incident, told.id, person.reporter, now
        )
        way = looked or reach_of(services, told, person)
        if way is None:
            continue
        account = f"{way.channel}#{way.account}"
        if isinstance(way, Reach):
            lost += not answer_one(services, told, way, turns[account])
        turns[account] += way.way != "none"
    if not lost:
        services.table.write(announcements.turned(told, told.page + 1, turns, services.now()))
    return bool(lost) or told.page + 1 < told.pages


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
        kept_messages.written(messages[0], now, fact),
        *(kept_messages.written(one, now) for one in messages[1:]),
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


def take_some_back(services: Services, told: Announcement) -> bool:
    """What has not left, of one page, and on to the one before it; whether there are more."""
    page, now = min(told.page, told.pages - 1), services.now()
    if told.circle is None or page < 0:
        return False
    for person in announcements.people(services.table, told.circle, page, now):
        one = announcements.recipient(services.table, told.incident, told.id, person.reporter, now)
        if one and one.reply_id:
            take_one_back(services, told, one)
    services.table.write(announcements.turned(told, page - 1, told.turns, now))
    return page > 0


def take_one_back(services: Services, told: Announcement, one: Recipient) -> None:
    """Unless it left."""
    answer = deliveries.find(services.table, one.reply_id, services.now())
    if answer is None or answer.state != "queued":
        return
    try:
        if told.appeal:
            take_appeal_back(services, told.writer, answer)
        else:
            take_back(services, told.writer, answer.subject, answer.reply_id)
    except (Conflict, NotFound):
        return  # it left just now
