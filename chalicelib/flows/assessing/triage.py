"""What a message means and where it goes: classify, match, route, place on the queue (T2).

Which incident it is part of (``matching``) is written with all the rest, or not at all.
"""

from dataclasses import dataclass, replace

from chalicelib.domain.account import Account
from chalicelib.domain.assessment import Assessment
from chalicelib.domain.conversation import Began, Conversation, KeptMessage
from chalicelib.domain.moments import Moment, instant
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.queue_rules import arrived
from chalicelib.errors import StoreUnavailable
from chalicelib.flows import nudges
from chalicelib.flows.answering.speaking import send
from chalicelib.flows.assessing.beginning import conversation_write, opened_by
from chalicelib.flows.assessing.classifying import assessed_with
from chalicelib.flows.assessing.matching import NOTHING, Matched, match_answer, match_message
from chalicelib.flows.assessing.placing import FOR_NOBODY, announce, events, fresh_item, marks_of
from chalicelib.flows.assessing.raising import look_again_after
from chalicelib.flows.assessing.routing import Routed, route_message
from chalicelib.flows.citizen.assisted import is_assisted
from chalicelib.flows.citizen.volunteering_by_message import Settled, settled_by
from chalicelib.flows.citizen.wording import stops_news
from chalicelib.flows.desk.searching import make_findable
from chalicelib.flows.incidents.putting_off import tell_wait
from chalicelib.flows.incidents.rolling_up import grown
from chalicelib.flows.listening.overhearing import found_by, lines_for, waits_for_nobody
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.proving import is_proof
from chalicelib.flows.telling import count_again, waited_until
from chalicelib.log import measure
from chalicelib.store import conversations, directory, envelopes, kept_messages, keys, queue, talks
from chalicelib.store.codec import to_text
from chalicelib.store.table import ConditionFailed, Key, Operation

TRIES = 5
"""How often a lost race is read again before the job is left to come back."""


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
        message = kept_messages.find(services.table, key, services.now())
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


def stop_waiting(services: Services, conversation: Conversation, message: KeptMessage) -> None:
    """A pressed button shows a citizen that it waits, until the platform hears that we have it."""
    rules = services.channel(conversation.channel).rules.within(conversation.thread)
    if message.kind == "interactive" and rules.buttons_wait:
        services.jobs.send("deliver", nudges.read_mark(kept_messages.key_of(message)))


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
    told = kept_messages.until(table, message, now)
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
        kept_messages.triaged(message, to_text(assessment), marks, incident),
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
