"""A message that was assessed while part of detection was away is assessed again. It only raises.

assessed, ``redo`` ──5 min──▶ again ──still away──▶ later, and later ──a day──▶ given up
                                └──complete──▶ kept; more urgent than thought: the item is raised
"""

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.conversation import Conversation, KeptMessage
from chalicelib.domain.moments import Moment, instant, later
from chalicelib.errors import StoreUnavailable
from chalicelib.flows.assessing.classifying import assessed_among
from chalicelib.flows.assessing.placing import AGAIN_AFTER, FOR_NOBODY, marks_of
from chalicelib.flows.assessing.raising import raise_to, rank_of
from chalicelib.flows.assessing.triage import TRIES
from chalicelib.flows.services import Services
from chalicelib.flows.telling import count_again
from chalicelib.log import logger
from chalicelib.store import assessed, conversations, kept_messages, labels, timeline
from chalicelib.store.codec import from_text, to_text
from chalicelib.store.table import ConditionFailed, Item, Key

GIVE_UP_AFTER = timedelta(days=1)


def reassess(services: Services, key: Key) -> Assessment | None:
    """What is thought of it now; None when nothing was owed any more.

    Raises ``StoreUnavailable`` when the races never end; the job then comes back.
    """
    for _ in range(TRIES):
        message = kept_messages.find(services.table, key, services.now())
        if message is None or not message.triaged or not message.assessment:
            return None
        before = from_text(Assessment, message.assessment)
        conversation = conversations.find(services.table, message.subject, services.now())
        if conversation is None or not before.redo:
            return None
        try:
            return reassess_once(services, conversation, message, before)
        except ConditionFailed:
            continue  # an edit, an agent or another worker changed it: look again
    raise StoreUnavailable("too many writers on one message")


def reassess_once(
    services: Services, conversation: Conversation, message: KeptMessage, before: Assessment
) -> Assessment:
    """One attempt. What is less urgent than was thought leaves everything as it was."""
    now = services.now()
    told = kept_messages.until(services.table, message, now)
    found = assessed_among(services, message, told)
    if found.redo:
        return wait(services, conversation, message, before)
    worse = rank_of(found) < rank_of(before)
    if worse and message.kind not in FOR_NOBODY and not decided(services, message):
        raise_to(services, conversation, message, found, told)
        return found
    after = found if rank_of(found) <= rank_of(before) else replace(before, redo=False)
    keep(services, message, after, marks_of(message, conversation, after, now))
    return after


def wait(
    services: Services, conversation: Conversation, message: KeptMessage, before: Assessment
) -> Assessment:
    """Still away: half as long again as it has lasted, and after a day no more."""
    now = services.now()
    lasted = instant(now) - instant(message.accepted_at)
    marks = marks_of(message, conversation, replace(before, redo=False), now)
    if lasted < GIVE_UP_AFTER:
        again_at = later(now, max(AGAIN_AFTER, lasted / 2))
        marks |= assessed.to_do_again(message, again_at)
    else:
        logger.warning("never assessed by all of detection", subject=message.subject)
    keep(services, message, before, marks)
    return before


def keep(services: Services, message: KeptMessage, assessment: Assessment, marks: Item) -> None:
    """Write the assessment and when, if ever, it is looked at again."""
    services.table.write(kept_messages.assessed_again(message, to_text(assessment), marks))
    count_again(services, message.accepted_at)


def decided(services: Services, message: KeptMessage) -> bool:
    """A person already said what this message, or its conversation since, is: that stands."""
    now = services.now()
    said = labels.of_conversation(services.table, message.subject, now)
    if any(label.message == message.id for label in said):
        return True
    events = timeline.events(services.table, message.subject, now)
    return any(is_judgement(event.what, event.at, message.accepted_at) for event in events)


def is_judgement(what: str, at: Moment, since: Moment) -> bool:
    return what == "judged" and at >= since
