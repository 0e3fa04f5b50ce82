"""What a person does with what waits: claim, release, assign, snooze, judge, finish (T3).

Each is one conditional change. Who loses a race reads again and learns who holds the item.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from chalicelib.domain import queue_rules as rules
from chalicelib.domain.conversation import Conversation, Event, EventWhat
from chalicelib.domain.fact import What
from chalicelib.domain.incident import is_incident
from chalicelib.domain.moments import Moment, instant, later, moment
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import ANSWER_WITHIN, QueueItem, excerpt, rank
from chalicelib.errors import InvalidInput, NewerMessages, NotAllowed, NotFound, StoreUnavailable
from chalicelib.flows import nudges
from chalicelib.flows.citizen.cases import tell_news
from chalicelib.flows.desk.words import gives_the_word, takes_the_word
from chalicelib.flows.hinting import tell, tell_everybody
from chalicelib.flows.services import Services
from chalicelib.flows.telling import act as told
from chalicelib.flows.telling import step as counted_step
from chalicelib.store import access_log, conversations, directory, kept_messages, queue, timeline
from chalicelib.store.access_log import Action
from chalicelib.store.table import ConditionFailed, Operation

TRIES = 5

Rule = Callable[[QueueItem, Moment], QueueItem]


Also = Callable[[QueueItem], Iterable[Operation]]
"""What is written with it, from the item as it was."""


def nothing_else(_: QueueItem) -> tuple[Operation, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A person's act: what the log of use and the timeline call it, and the rule it follows."""

    action: Action
    rule: Rule
    event: Event
    what: What | None = None
    also: Also = nothing_else


def claim(services: Services, agent: Principal, subject: str) -> QueueItem:
    """I take it for a quarter of an hour; again: I keep it. Raises ``AlreadyClaimed``."""
    event = done("claimed", agent, services.now())
    step = Step(
        action="claim", rule=lambda i, now: rules.claim(i, agent, now), event=event, what="claimed"
    )
    item = act(services, agent, subject, step)
    newest = kept_messages.newest_inbound(services.table, subject, services.now())
    if newest:
        key = kept_messages.key_of(newest)
        services.jobs.send("deliver", nudges.read_mark(key))
    return item


def release(services: Services, agent: Principal, subject: str) -> QueueItem:
    """I give it back. Raises ``ClaimLost`` when it was not mine."""

    def rule(item: QueueItem, now: Moment) -> QueueItem:
        return rules.release(rules.must_be_held(item, agent, now), now)

    event = done("released", agent, services.now())
    return act(services, agent, subject, Step(action="release", rule=rule, event=event))


def assign(services: Services, agent: Principal, subject: str, to: str) -> QueueItem:
    """A colleague of the team takes it, for a quarter: unless they act it is free again then.

    Raises ``InvalidInput`` when there is no such colleague, ``AlreadyClaimed`` when it is held.
    """
    colleague = directory.find_agent(services.table, to)
    if colleague is None or not colleague.may("answer") or colleague.team != agent.team:
        unknown = {"nl": "onbekende collega", "en": "unknown colleague"}
        raise InvalidInput("no such colleague", {"to": unknown})

    def rule(item: QueueItem, now: Moment) -> QueueItem:
        rules.must_not_be_held_by_other(item, agent, now)
        return rules.claim(replace(item, claimed_by=None), colleague, now)

    event = done("assigned", agent, services.now(), colleague.name)
    return act(services, agent, subject, Step(action="assign", rule=rule, event=event))


def must_be_free(services: Services, agent: Principal, subject: str) -> None:
    """Raises ``AlreadyClaimed`` while a colleague has it."""
    now = services.now()
    item = queue.find(services.table, subject, now)
    if item:
        rules.must_not_be_held_by_other(item, agent, now)


def must_be_calm(services: Services, subject: str) -> None:
    """Raises ``NotAllowed`` while life may be at risk."""
    item = queue.find(services.table, subject, services.now())
    if item and item.emergency:
        raise NotAllowed("an emergency is judged first")


def snooze(services: Services, agent: Principal, subject: str, until: Moment) -> QueueItem:
    """Set it aside until a moment; it comes back by itself, or when the citizen writes."""
    try:
        at = moment(instant(until))
    except ValueError:
        wrong = {"nl": "geen tijdstip (ISO 8601)", "en": "not a moment (ISO 8601)"}
        raise InvalidInput("not a moment", {"until": wrong}) from None

    def rule(item: QueueItem, now: Moment) -> QueueItem:
        return rules.snooze(rules.must_not_be_held_by_other(item, agent, now), at, now)

    event = done("snoozed", agent, services.now(), at)
    return act(services, agent, subject, Step(action="snooze", rule=rule, event=event))


def judge(services: Services, agent: Principal, subject: str, *, emergency: bool) -> QueueItem:
    """A person says what it is: an emergency after all, or not."""

    def rule(item: QueueItem, now: Moment) -> QueueItem:
        standing = rules.must_not_be_held_by_other(item, agent, now)
        return rules.judge(standing, emergency=emergency, now=now)

    event = done("judged", agent, services.now(), "spoed" if emergency else "geen spoed")
    item = act(
        services, agent, subject, Step(action="judge", rule=rule, event=event, what="judged")
    )
    if not emergency:
        tell_everybody(services, subject)  # it left the list that every team reads
    return item


def finish(
    services: Services,
    agent: Principal,
    subject: str,
    seen: str | None = None,
    *,
    ending: str = "",
) -> None:
    """Nothing waits any more; ``ending`` is what came of it, for the timeline.

    Raises ``NewerMessages`` when the citizen wrote after ``seen``.
    """
    agent.must_be_allowed_to("answer")
    once = finish_incident
    if not is_incident(subject):
        once = partial(finish_conversation, seen=seen, ending=ending)
    for _ in range(TRIES):
        with suppress(ConditionFailed):
            return once(services, agent, subject)
    raise StoreUnavailable("too many writers on one item")


def finish_conversation(
    services: Services, agent: Principal, subject: str, *, seen: str | None, ending: str
) -> None:
    """One attempt. Raises ``ConditionFailed`` when somebody was faster."""
    now, conversation = services.now(), found(services, subject)
    item = queue.find(services.table, subject, now)
    if item is None:
        return
    rules.must_not_be_held_by_other(item, agent, now)
    if seen is not None:
        must_have_seen(services, conversation, seen)
    gave = gives_the_word(services, conversation)
    services.table.write(
        *finished(item, agent, now, ending),
        conversations.nothing_newer(conversation),
        *gave.writes,
    )
    announce(services, item)
    tell_news(services, gave.case)


def finish_incident(services: Services, agent: Principal, subject: str) -> None:
    """One attempt; a new report makes work of it again. Raises likewise."""
    now = services.now()
    item = queue.find(services.table, subject, now)
    if item is None:
        return
    rules.must_not_be_held_by_other(item, agent, now)
    services.table.write(*finished(item, agent, now))
    announce(services, item)


def finished(item: QueueItem, agent: Principal, now: Moment, ending: str = "") -> list[Operation]:
    """Nothing waits in it any more, and who saw to that."""
    event = done("finished", agent, now, ending)
    fact = told(item, "finished", now, since=item.opened_at)
    return [
        queue.finished(item),
        timeline.happened(item.subject, event, fact),
        access_log.used(agent, "finish", item.subject, now),
    ]


def act(services: Services, agent: Principal, subject: str, step: Step) -> QueueItem:
    """Read, apply the rule, write if nobody was faster; else read again."""
    agent.must_be_allowed_to("answer")
    for _ in range(TRIES):
        now = services.now()
        standing = queue.find(services.table, subject, now)
        before = standing or reopened(services, found(services, subject))
        after = step.rule(before, now)
        writes: list[Operation] = [
            queue.saved(standing, after, now),
            access_log.used(agent, step.action, subject, now),
            *step.also(before),
        ]
        again = step.action == "claim" and before.held_by(agent.id, now)
        if not again:
            fact = counted_step(before, after, step.what, now) if step.what else None
            writes.append(timeline.happened(subject, step.event, fact))
        took = None if again else takes_the_word(services, step.action, subject)
        try:
            services.table.write(*writes, *(took.writes if took else ()))
        except ConditionFailed:
            continue
        announce(services, after, before.team)
        tell_news(services, took.case if took else None)
        return after
    raise StoreUnavailable("too many writers on one item")


def found(services: Services, subject: str) -> Conversation:
    """The conversation. Raises ``NotFound``."""
    conversation = conversations.find(services.table, subject, services.now())
    if conversation is None:
        raise NotFound("no such conversation", subject=subject)
    return conversation


def must_have_seen(services: Services, conversation: Conversation, seen: str) -> None:
    """The send fence: nothing of the citizen arrived after what the agent saw.

    ``seen`` may also be an answer of our own that was written with the newest in sight.
    """
    newest = kept_messages.newest_inbound(services.table, conversation.subject, services.now())
    known = newest.id if newest and newest.arrival > conversation.newest_mark else None
    expected = known or conversation.newest
    if seen == expected:
        return
    recent = kept_messages.listing(services.table, conversation.subject, services.now())
    marks = {message.id: message.arrival for message in recent}
    inbound = [message for message in recent if message.direction == "in"]
    newer = [message for message in inbound if message.arrival > marks.get(seen, "")]
    if newer:
        raise NewerMessages(len(newer))


def reopened(services: Services, conversation: Conversation) -> QueueItem:
    """An item for a conversation that nothing waits in: the agent takes the word."""
    now = services.now()
    newest = kept_messages.newest_inbound(services.table, conversation.subject, now)
    return QueueItem(
        subject=conversation.subject,
        team=conversation.team,
        channel=conversation.channel,
        account=conversation.account,
        author_name=conversation.author_name,
        text=excerpt(newest.text) if newest else "",
        urgency="geen",
        emergency=False,
        because="heropend door een medewerker",
        lang=conversation.lang,
        waiting_since=now,
        due_at=later(now, ANSWER_WITHIN["geen"]),
        priority=rank("geen", emergency=False),
        answered=True,
        opened_at=now,
        version=0,
    )


def done(what: EventWhat, agent: Principal, at: Moment, text: str = "") -> Event:
    return Event(what=what, at=at, by=agent.id, name=agent.name, text=text)


def announce(services: Services, item: QueueItem, was: str = "") -> None:
    """The item's team looks again, and the one whose it ``was``; everybody when life is at risk."""
    if item.emergency:
        tell_everybody(services, item.subject)
    else:
        tell(services, item.subject, item.team, was)
