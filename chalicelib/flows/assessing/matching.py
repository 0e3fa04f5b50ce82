"""The step between classify and route: which incident a message is about.

match     joins an open incident · makes one with a report that stood alone · or stands alone
          what follows is written with the triage of the message (T2), all or nothing

Two workers never make two: whoever stands alone takes the next turn of the day, and the turn is a
key. Who was passed reads again and sees the other one. Joining writes nothing that others write.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.domain.assessment import URGENCIES, Assessment
from chalicelib.domain.conversation import Conversation, KeptMessage
from chalicelib.domain.incident import Incident, Member, Slot
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.whereabouts import Whereabouts
from chalicelib.flows.assessing.locating import words_and_point
from chalicelib.flows.assessing.reading_beside import beside
from chalicelib.flows.incidents.open_incidents import OPEN, read_open
from chalicelib.flows.services import Services
from chalicelib.incidents.matching import Match, Open, ReadBeside, match, plausible, trace_of
from chalicelib.incidents.picture import picture_of
from chalicelib.incidents.report import Report, report_of, worth_opening
from chalicelib.store import incidents, kept_messages, keys
from chalicelib.store.codec import from_text, to_text
from chalicelib.store.table import Operation

LOOK_BACK = timedelta(hours=6)
MEANINGS_KEPT = 40
"""From so many messages on, a member's vector is not kept: the average no longer moves."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What is to be written with the message, and the incident that it is now part of."""

    incident: str | None = None
    writes: tuple[Operation, ...] = ()


NOTHING = Matched()

ANSWERED = timedelta(days=3)
"""So long after an appeal what a volunteer writes is an answer to it."""

ANSWERS = "antwoord op een oproep"


def match_message(
    services: Services,
    message: KeptMessage,
    team: str,
    assessment: Assessment,
    where: Whereabouts,
    *,
    strong: bool,
) -> Matched:
    """Find the incident of a message; ``where`` it is about by its conversation so far.

    ``strong``: a turn was lost, so everything is read as it is now.
    """
    now = services.now()
    if message.incident:
        return Matched(message.incident)
    report = reported(message, assessment, where)
    alone = incidents.slots(services.table, days(message.at), now, strong=strong)
    read = beside(services, message.text)
    best, first = choose(services, report, alone, read, strong=strong)
    if best is None:
        member = member_of(keys.incident_id(message.id), message, assessment, report)
        return stand_alone(report, member, team, alone, now) if worth_opening(report) else NOTHING
    if first is None and best.count >= MEANINGS_KEPT:
        report = replace(report, meaning="")
    member = member_of(best.id, message, assessment, report, best.because)
    if first is None:
        return Matched(best.id, (incidents.added(member, now),))
    return Matched(best.id, founding(first, member, now))


Choice = tuple[Match | None, Slot | None]
"""What a report is about; with the report that stood alone where it is about that."""


def choose(
    services: Services,
    report: Report,
    alone: list[Slot],
    read: ReadBeside | None,
    *,
    strong: bool,
) -> Choice:
    """By what was known a moment ago; who would begin something new reads what is known now."""
    known = None if strong else OPEN.kept(services)
    if known is not None:
        best, first = likeliest(report, known, alone, read)
        if (best and not first) or not worth_opening(report):
            return best, first
    fresh = read_open(services, strong=True) if strong else OPEN.fresh(services)
    return likeliest(report, fresh, alone, read)


def likeliest(
    report: Report, known: list[Open], alone: list[Slot], read: ReadBeside | None
) -> Choice:
    """Among open incidents and the reports that stand alone.

    Not itself, as a faster worker may have left it alone a moment ago: it is read again then.
    """
    named = {one.id for one in known} | {keys.incident_id(report.message)}
    waiting = (slot for slot in alone if not slot.taken)
    lone = {slot.incident: slot for slot in waiting if slot.incident not in named}
    best = match(report, [*known, *lone_ones(report, lone)], read)
    return best, lone.get(best.id) if best else None


def match_answer(
    services: Services,
    message: KeptMessage,
    conversation: Conversation,
    found: Matched,
    *,
    assessment: Assessment,
    where: Whereabouts,
) -> Matched:
    """What a volunteer writes after an appeal belongs to the incident that it was about.

    Unless it tells of another matter: it joins another incident, names another gemeente, or is a
    crime report of their own.
    """
    asked, now = conversation.asked, services.now()
    if asked is None or message.incident or not asked.at <= message.at <= later(asked.at, ANSWERED):
        return found
    incident = incidents.whole(services.table, asked.incident, now)
    if incident is None or found.incident not in (None, incident.subject):
        return found
    report = reported(message, assessment, where)
    if report.gemeente not in (None, incident.gemeente) or assessment.kind == "aangifte":
        return found
    member = member_of(incident.subject, message, assessment, report, (ANSWERS,))
    member = replace(member, answers=asked.appeal)
    return Matched(incident.subject, (incidents.added(member, now),))


def days(at: Moment) -> tuple[str, ...]:
    """The days whose lone reports are near: yesterday's only just after midnight."""
    today, before = at[:10], later(at, -LOOK_BACK)[:10]
    return (today,) if today == before else (today, before)


def reported(message: KeptMessage, assessment: Assessment, where: Whereabouts) -> Report:
    """What matching reads of a message."""
    return report_of(
        words_and_point(message),
        assessment,
        where,
        message=message.id,
        subject=message.subject,
        reporter=keys.reporter(message.channel, message.author_id or message.subject),
        at=message.at,
        quotes=tuple(one for one in (message.reply_to, message.thread) if one),
    )


def lone_ones(report: Report, lone: dict[str, Slot]) -> list[Open]:
    """Reports that stand alone, each seen as an incident; those with nothing in common left out."""
    read = ((name, from_text(Report, slot.member.report)) for name, slot in lone.items())
    near = ((name, one) for name, one in read if plausible(report, trace_of(one)))
    return [Open(id=name, picture=picture_of([one])) for name, one in near]


def member_of(
    incident: str,
    message: KeptMessage,
    assessment: Assessment,
    report: Report,
    because: tuple[str, ...] = (),
) -> Member:
    return Member(
        incident=incident,
        message=message.id,
        subject=message.subject,
        message_sk=kept_messages.key_of(message).sk,
        reporter=report.reporter,
        channel=message.channel,
        lang=assessment.lang,
        at=message.at,
        report=to_text(report),
        because=because,
        media=message.media_count,
    )


def stand_alone(
    report: Report, member: Member, team: str, alone: list[Slot], now: Moment
) -> Matched:
    """It is about nothing that is known; others may turn out to be about it."""
    day = report.at[:10]
    number = max((slot.number for slot in alone if slot.day == day), default=0) + 1
    slot = Slot(day=day, number=number, incident=member.incident, member=member, team=team)
    return Matched(None, (incidents.opened(slot, now),))


def founding(first: Slot, second: Member, now: Moment) -> tuple[Operation, ...]:
    """A second report: the incident begins. What follows for the first is owed from now on."""
    reports = [from_text(Report, member.report) for member in (first.member, second)]
    incident = Incident(
        subject=first.incident,
        team=first.team,
        topic=reports[0].topic,
        urgency=min((one.urgency for one in reports), key=URGENCIES.index),
        emergency=any(one.emergency for one in reports),
        title="",
        first_at=min(one.at for one in reports),
        latest_at=max(one.at for one in reports),
        rolled_at=now,
    )
    return (
        incidents.founded(incident, now, now),
        incidents.pictured(incident.subject, to_text(picture_of(reports)), now),
        incidents.taken(first),
        incidents.added(first.member, now),
        incidents.added(second, now),
    )
