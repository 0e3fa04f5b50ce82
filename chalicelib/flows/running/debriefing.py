"""The debrief of a practice round: what the store says was done, beside what the messages were.

The team's figures are for everybody; one colleague's are for that colleague and who coordinates.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.domain import debrief as rules
from chalicelib.domain.conversation import Event, EventWhat, KeptMessage
from chalicelib.domain.debrief import Course, Debrief, Misdirected, Step
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.practice import PracticeLine, PracticeRound, words_of
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotFound
from chalicelib.flows.desk.viewing import assessment_of
from chalicelib.flows.services import Services
from chalicelib.flows.telling import milliseconds
from chalicelib.store import (
    access_log,
    deliveries,
    directory,
    facts,
    kept_messages,
    practice,
    timeline,
)
from chalicelib.store.access_log import Use
from chalicelib.writing.leaks import leaks

LONGEST_ROUND = timedelta(hours=24)
UNSENT = ("refused", "taken_back")
PERSONAL = ("bsn", "iban", "phone", "name")
"""What must not stand in a public answer."""


@dataclass(frozen=True, slots=True)
class Story:
    """All that was said and done in one conversation; ``looks`` are lines of the log of use."""

    messages: list[KeptMessage]
    events: list[Event]
    looks: list[Use]

    def answers(self, names: dict[str, str]) -> Iterator[KeptMessage]:
        """What colleagues answered; the assistant is none."""
        for one in self.messages:
            if one.direction == "out" and one.by in names and one.state not in UNSENT:
                yield one


@dataclass(frozen=True, slots=True)
class DebriefView:
    """``found`` is None as long as no round began. ``names`` by id."""

    found: Debrief | None
    names: dict[str, str]


def view_debrief(services: Services, principal: Principal) -> DebriefView:
    """How the round goes, or went. Raises ``NotFound`` where nobody practises."""
    principal.must_be_allowed_to("read_conversation")
    if not services.practice:
        raise NotFound("this is no practice")
    now = services.now()
    round_ = practice.newest_round(services.table, now)
    names = {one.id: one.name for one in directory.agents(services.table)}
    if round_ is None:
        return DebriefView(None, names)
    services.table.write(access_log.read(principal, "read_debrief", round_.started_at, now))
    found = debrief_of(services, round_, names)
    if not principal.may("read_figures"):
        own = tuple(one for one in found.agents if one.by == principal.id)
        found = replace(found, agents=own)
    return DebriefView(found, names)


def debrief_of(services: Services, round_: PracticeRound, names: dict[str, str]) -> Debrief:
    """The round, from what is kept."""
    now = services.now()
    lines = practice.lines(services.table, round_, now)
    stories = stories_since(services, round_.started_at)
    courses = list(courses_of(lines, stories, names, round_.started_at))
    misdirected = [
        one for course in courses for one in wrongly_public(services, course, stories, names)
    ]
    return rules.debrief(round_, lines, courses, once(misdirected), now)


def stories_since(services: Services, since: Moment) -> dict[str, Story]:
    """Each conversation in which something arrived, by its subject."""
    now = services.now()
    days = dict.fromkeys((since[:10], later(since, LONGEST_ROUND)[:10]))
    subjects = dict.fromkeys(
        found.subject
        for day in days
        for found in facts.of_day(services.table, day, now)
        if found.fact.what == "arrived" and found.fact.at >= since
    )
    looks: dict[str, list[Use]] = defaultdict(list)
    for day in days:
        for use in access_log.lines(services.table, day, now):
            if use.action == "read_conversation":
                looks[use.object].append(use)
    return {
        subject: Story(
            kept_messages.listing(services.table, subject, now),
            timeline.events(services.table, subject, now),
            looks[subject],
        )
        for subject in subjects
    }


def courses_of(
    lines: list[PracticeLine], stories: dict[str, Story], names: dict[str, str], since: Moment
) -> Iterator[Course]:
    """What became of each line that arrived; equal words arrive in the order they were sent."""
    arrived: dict[tuple[str, str], list[KeptMessage]] = defaultdict(list)
    for story in stories.values():
        for one in story.messages:
            if one.direction == "in" and one.accepted_at >= since:
                arrived[words_of(one.channel, one.text)].append(one)
    for found in arrived.values():
        found.sort(key=lambda one: one.accepted_at)
    for line in lines:
        if line.posted_at and arrived[line.mark]:
            message = arrived[line.mark].pop(0)
            yield course_of(line, message, stories[message.subject], names)


def course_of(
    line: PracticeLine, message: KeptMessage, story: Story, names: dict[str, str]
) -> Course:
    """One message, from its arrival on."""
    since = message.accepted_at
    assessment = assessment_of(message)
    answer = min(
        (one for one in story.answers(names) if one.accepted_at >= since),
        key=lambda one: one.accepted_at,
        default=None,
    )
    done = {event.what for event in story.events if event.at >= since}
    return Course(
        line=line,
        subject=message.subject,
        arrived_at=since,
        raised=bool(assessment and assessment.emergency),
        seen=first_event(story, "seen", since) or first_look(story, since),
        claimed=first_event(story, "claimed", since),
        answered=step(answer.by or "", since, answer.accepted_at) if answer else None,
        passed_on="passed_on" in done,
        finished="finished" in done,
    )


def step(by: str, since: Moment, at: Moment) -> Step:
    return Step(by=by, took=milliseconds(since, at))


def first_event(story: Story, what: EventWhat, since: Moment) -> Step | None:
    """Who did this first after a moment."""
    found = [event for event in story.events if event.what == what and event.at >= since]
    first = min(found, key=lambda event: event.at, default=None)
    return step(first.by, since, first.at) if first else None


def first_look(story: Story, since: Moment) -> Step | None:
    """Who opened the conversation first, to the minute: that is how the log of use keeps it."""
    found = [use for use in story.looks if use.at[:16] >= since[:16]]
    first = min(found, key=lambda use: use.at, default=None)
    return step(first.actor, since, max(first.at, since)) if first else None


def wrongly_public(
    services: Services, course: Course, stories: dict[str, Story], names: dict[str, str]
) -> Iterator[Misdirected]:
    """Answers in this conversation that everybody can read and that were not for everybody."""
    story = stories[course.subject]
    for answer in story.answers(names):
        if answer.accepted_at < course.arrived_at or not is_public(services, answer):
            continue
        own = [one.author_name or "" for one in story.messages]
        why: list[str] = [leak.kind for leak in leaks(answer.text, own) if leak.kind in PERSONAL]
        if course.line.audience == "private":
            why.append("private")
        if why:
            yield Misdirected(
                subject=answer.subject,
                by=answer.by or "",
                text=answer.text,
                why=tuple(dict.fromkeys(why)),
            )


def is_public(services: Services, answer: KeptMessage) -> bool:
    """Whether everybody can read it, by what was sent."""
    sent = deliveries.find(services.table, answer.reply_id or "", services.now())
    return sent is not None and sent.thread is not None and not sent.privately


def once(found: list[Misdirected]) -> list[Misdirected]:
    """One answer may follow several messages of one conversation; it is told once, the fullest."""
    told: dict[tuple[str, str, str], Misdirected] = {}
    for one in sorted(found, key=lambda one: len(one.why)):
        told[one.subject, one.by, one.text] = one
    return list(told.values())
