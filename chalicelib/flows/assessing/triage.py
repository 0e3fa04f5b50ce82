"""What a message means and where it goes: classify, match, route, place on the queue (T2).

Which incident it is part of (``matching``) is written with all the rest, or not at all.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.domain.account import Account
from chalicelib.domain.assessment import Assessment
from chalicelib.domain.conversation import Began, Conversation, Event, KeptMessage
from chalicelib.domain.moments import Moment, instant, later
from chalicelib.domain.principal import SYSTEM
from chalicelib.domain.queue_item import About, QueueItem, answer_by, arrived, excerpt, rank
from chalicelib.errors import StoreUnavailable
from chalicelib.flows import nudges
from chalicelib.flows.answering.speaking import send
from chalicelib.flows.assessing.beginning import conversation_write, opened_by
from chalicelib.flows.assessing.classifying import assessed_among, assessed_with
from chalicelib.flows.assessing.matching import NOTHING, Matched, match_answer, match_message
from chalicelib.flows.assessing.routing import Routed, calendar_of, route_message, with_route
from chalicelib.flows.citizen.assisted import is_assisted
from chalicelib.flows.citizen.volunteering_by_message import Settled, settled_by
from chalicelib.flows.citizen.wording import stops_news
from chalicelib.flows.desk.searching import make_findable
from chalicelib.flows.hinting import tell_everybody, tell_teams
from chalicelib.flows.incidents.putting_off import tell_wait, with_crisis
from chalicelib.flows.incidents.rolling_up import grown
from chalicelib.flows.listening.overhearing import found_by, lines_for, waits_for_nobody
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.proving import is_proof
from chalicelib.flows.telling import arrival, count_again, waited_until
from chalicelib.log import logger, measure
from chalicelib.store import (
    assessed,
    conversations,
    directory,
    envelopes,
    facts,
    keys,
    queue,
    talks,
)
from chalicelib.store.codec import from_text, to_text
from chalicelib.store.table import ConditionFailed, Item, Key, Operation

TRIES = 5
"""How often a lost race is read again before the job is left to come back."""

AGAIN_AFTER = timedelta(minutes=5)
"""How long we wait for the part of detection that was away."""

FOR_NOBODY = frozenset({"reaction", "system"})
"""Kinds that are shown in the conversation and open no work: a thumb is not a question."""

PLACEHOLDER = {
    "image": "Foto", "video": "Video", "audio": "Spraakbericht", "document": "Document",
    "sticker": "Sticker", "location": "Locatie", "unsupported": "Bericht van een onbekende soort",
    "encrypted": "Versleuteld bericht: alleen op het platform te lezen",
}  # fmt: skip
"""What a list row shows for a message without words."""


@dataclass(frozen=True, slots=True)
class Triaged:
    """The message was assessed and, unless it is for nobody, placed on the queue."""

    assessment: Assessment
    item: QueueItem | None


def triage(services: Services, key: Key) -> Triaged | None:
    """Assess a message and place it. None when that was done already, or it is gone.

    Raises ``StoreUnavailable`` when the races never end; the job then comes back.
    """
    for attempt in range(TRIES):
        message = conversations.load_message(services.table, key, services.now())
        if message is None:
            return None
        if message.triaged:
            tell_wait(services, message.subject)
            count_incident(services, message.incident)
            return None
        try:
            if message.late:
                look_again_after(services, message)
            return triage_once(services, message, again=attempt > 0)
        except ConditionFailed:
            continue  # another worker, or an agent, changed the conversation: look again
    raise StoreUnavailable("too many writers on one conversation")


def look_again_after(services: Services, late: KeptMessage) -> None:
    """What was written after a late message was judged without it: judge again, raise only.

    Done before the late message itself is finished, so that a crash here is found by the sweeper.
    """
    for message in conversations.last_messages(services.table, late.subject, services.now()):
        if message.direction == "in" and message.triaged and message.at > late.at:
            raise_if_worse(services, message)


def raise_if_worse(services: Services, message: KeptMessage) -> None:
    """Assess a message anew; when it is more urgent than was thought, its item is raised."""
    now = services.now()
    conversation = conversations.find(services.table, message.subject, now)
    told = conversations.messages_until(services.table, message, now)
    assessment = assessed_among(services, message, told)
    before = from_text(Assessment, message.assessment) if message.assessment else None
    if conversation and before and rank_of(assessment) < rank_of(before):
        raise_to(services, conversation, message, assessment, told)


def raise_to(
    services: Services,
    conversation: Conversation,
    message: KeptMessage,
    assessment: Assessment,
    told: list[KeptMessage],
) -> None:
    """It is more urgent than was thought. Raises ``ConditionFailed`` when somebody was faster.

    ``told``: what the conversation held until then.
    """
    now = services.now()
    standing = queue.find(services.table, message.subject, now)
    routed = route_message(services, conversation.team, message, assessment, told)
    fresh = fresh_item(services, conversation, message, assessment, routed)
    item = arrived(standing, fresh, now)
    marks = marks_of(message, conversation, assessment, now)
    services.table.write(
        conversations.assessed_again(message, to_text(assessment), marks),
        queue.saved(standing, item, now),
        *events(message.subject, standing, item, now),
    )
    count_again(services, message.accepted_at)
    announce(services, conversation, item)


def rank_of(assessment: Assessment) -> str:
    """How urgent, smaller is more."""
    return rank(assessment.attention, emergency=assessment.emergency)


def stop_waiting(services: Services, conversation: Conversation, message: KeptMessage) -> None:
    """A pressed button shows a citizen that it waits, until the platform hears that we have it."""
    rules = services.channel(conversation.channel).rules.within(conversation.thread)
    if message.kind == "interactive" and rules.buttons_wait:
        services.jobs.send("deliver", nudges.read_mark(conversations.message_key(message)))


def triage_once(services: Services, message: KeptMessage, *, again: bool) -> Triaged:
    """T2, one attempt: message, conversation, queue item and incident change together."""
    seen = look(services, message)
    matched = matched_with(services, seen, again=again)
    placed = place(services, seen)
    helping = seen.helping
    assisted = not helping and is_assisted(services, seen.account, seen.conversation, seen.now)
    services.table.write(
        *(helping.writes if helping else ()),
        *matched.writes,
        *placed.writes,
        *assessed_writes(services, seen, placed.message, matched.incident),
        *([talks.owed(message.subject, seen.now)] if assisted else []),
    )
    if assisted:
        services.jobs.send("direct", nudges.talk(keys.talk(message.subject)))
    if helping and helping.words:
        send(services, seen.conversation, helping.words)
    tell_of(services, seen, placed)
    if matched.writes:
        count_incident(services, matched.incident)
    if placed.item:
        tell_wait(services, message.subject)
    return Triaged(seen.assessment, placed.item)


@dataclass(frozen=True, slots=True)
class Look:
    """All that an attempt knows before it writes. ``before``: the conversation as it was, if any.

    ``full`` is the assessment with its vector, which is compared and not kept. ``helping`` is what
    the message settles about appeals.
    """

    now: Moment
    message: KeptMessage
    account: Account | None
    before: Conversation | None
    conversation: Conversation
    full: Assessment
    routed: Routed
    for_people: bool
    helping: Settled | None

    @property
    def assessment(self) -> Assessment:
        return replace(self.full, meaning="")


def look(services: Services, message: KeptMessage) -> Look:
    """Read, classify and route."""
    now, table = services.now(), services.table
    before = conversations.find(table, message.subject, now)
    account = directory.find_account(table, message.channel, message.account, strong=False)
    told = conversations.messages_until(table, message, now)
    full = assessed_with(services, message, told)
    default = before.team if before else account.team if account else ""
    routed = route_message(services, default, message, replace(full, meaning=""), told)
    conversation = before or opened_by(message, routed.route.team)
    for_people = is_for_people(services, conversation, message)
    helping = settled_by(services, conversation, message)
    return Look(
        now,
        message,
        account,
        before,
        helping.conversation if helping else conversation,
        full,
        routed,
        for_people and not helping,
        helping,
    )


def is_for_people(services: Services, conversation: Conversation, message: KeptMessage) -> bool:
    """Not a thumb, nor what the machine asked for and is done with."""
    settled = is_proof(services, conversation, message.text)
    settled = settled or stops_news(services, message.subject, message.text)
    return message.kind not in FOR_NOBODY and not settled


def matched_with(services: Services, seen: Look, *, again: bool) -> Matched:
    """The incident, where its account takes part, or whose appeal it answers.

    Read anew when a race was lost.
    """
    account, found = seen.account, NOTHING
    if not (seen.for_people and account):
        return NOTHING
    team, where = seen.conversation.team, seen.routed.where
    if account.approved_for("incident", seen.now):
        found = match_message(services, seen.message, team, seen.full, where, strong=again)
    return match_answer(
        services, seen.message, seen.conversation, found, assessment=seen.full, where=where
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """The message, what waits because of it (None for nobody), and what that writes."""

    message: KeptMessage
    item: QueueItem | None = None
    writes: tuple[Operation, ...] = ()


def place(services: Services, seen: Look) -> Placed:
    """On the queue, beside what waits in this conversation already."""
    message, now = seen.message, seen.now
    if not seen.for_people or waits_for_nobody(message, seen.assessment):
        return Placed(message)
    standing = queue.find(services.table, message.subject, now)
    fresh = fresh_item(services, seen.conversation, message, seen.assessment, seen.routed)
    item = arrived(standing, fresh, now)
    known = seen.before is not None
    return Placed(
        placed_at(message, now, fresh=standing is None, known=known),
        item,
        (queue.saved(standing, item, now), *events(message.subject, standing, item, now)),
    )


def assessed_writes(
    services: Services, seen: Look, message: KeptMessage, incident: str | None
) -> list[Operation]:
    """The message with what it means, its lines in feeds, and its conversation."""
    assessment, conversation, now = seen.assessment, seen.conversation, seen.now
    found = found_by(services, message, seen.account)
    marks = marks_of(message, conversation, assessment, now)
    marks |= {"searches": list(found)} if found else {}
    telling = replace(conversation, incident=incident or conversation.incident)
    return [
        *lines_for(message, assessment, found),
        conversations.triaged(message, to_text(assessment), marks, incident),
        conversation_write(seen.before, telling, message, assessment, now),
    ]


def tell_of(services: Services, seen: Look, placed: Placed) -> None:
    """All that follows from it and may be done twice."""
    message = placed.message
    count_again(services, message.accepted_at)
    stop_waiting(services, seen.conversation, message)
    make_findable(services, message.subject)
    if placed.item and placed.item.emergency:
        tell_how_fast(services, message)
    announce(services, seen.conversation, placed.item)


def count_incident(services: Services, incident: str | None) -> None:
    """Joining writes only the member; if we died before this, the job that comes back counts it."""
    if incident:
        grown(services, incident)


def marks_of(
    message: KeptMessage, conversation: Conversation, assessment: Assessment, now: Moment
) -> Item:
    """Where the message is found later: for a person to judge, or to be assessed again."""
    marks = assessed.to_do_again(message, later(now, AGAIN_AFTER)) if assessment.redo else {}
    if message.kind in FOR_NOBODY or message.to_queue_ms is None:
        return marks
    return marks | facts.listed(arrival(message, conversation, assessment))


def placed_at(message: KeptMessage, now: Moment, *, fresh: bool, known: bool) -> KeptMessage:
    """The message with what it began and how long it took; an edit changes neither."""
    if message.to_queue_ms is not None:
        return message
    began: Began | None = ("reopened" if known else "opened") if fresh else None
    return replace(message, began=began, to_queue_ms=waited_until(message, now))


def tell_how_fast(services: Services, message: KeptMessage) -> None:
    """Life at risk may not wait: an alarm watches the time from the platform to the queue."""
    if message.envelope:
        waited = services.clock() - instant(envelopes.received_at(message.envelope))
        measure("LifeAtRiskSeconds", waited.total_seconds())


def fresh_item(
    services: Services,
    conversation: Conversation,
    message: KeptMessage,
    assessment: Assessment,
    routed: Routed,
) -> QueueItem:
    """The queue item that this message alone would make, at the team that was chosen."""
    rules = services.channel(conversation.channel).rules.within(conversation.thread)
    window = rules.longest_window
    about = About(
        topic=assessment.topic, window_until=later(message.at, window) if window else None
    )
    calendar = calendar_of(services, routed.route.team)
    item = QueueItem(
        subject=conversation.subject,
        team=routed.route.team,
        channel=conversation.channel,
        account=conversation.account,
        author_name=message.author_name or conversation.author_name,
        text=excerpt(message.text) or PLACEHOLDER.get(message.kind, "Bericht zonder tekst"),
        urgency=assessment.attention,
        emergency=assessment.emergency,
        because=assessment.findings[0].because,
        lang=assessment.lang,
        waiting_since=message.at,
        due_at=answer_by(calendar, message.accepted_at, assessment.attention),
        priority=rank(assessment.attention, emergency=assessment.emergency),
        topic=assessment.topic,
        opened_at=message.accepted_at,
        about=with_route(about, routed),
    )
    return with_crisis(services, item)


def events(
    subject: str, before: QueueItem | None, after: QueueItem, now: Moment
) -> list[Operation]:
    """What the timeline tells: that it opened, or that it became more urgent and why."""
    if before is None:
        what = Event(what="opened", at=now, by=SYSTEM.id, name=SYSTEM.name, text=after.because)
    elif after.rank < before.rank:
        what = Event(what="raised", at=now, by=SYSTEM.id, name=SYSTEM.name, text=after.because)
    else:
        return []
    return [conversations.happened(subject, what)]


def announce(services: Services, conversation: Conversation, item: QueueItem | None) -> None:
    """Hint to the team; to everybody when life is at risk."""
    subject = conversation.subject
    if item and item.emergency:
        logger.warning("life at risk", subject=subject)
        tell_everybody(services, subject)
    else:
        tell_teams(services, subject, conversation.team, item.team if item else "")
