"""A message turns out more urgent than was thought: its item is raised, never lowered."""

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.conversation import Conversation, KeptMessage
from chalicelib.domain.queue_item import rank
from chalicelib.domain.queue_rules import arrived
from chalicelib.flows.assessing.classifying import assessed_among
from chalicelib.flows.assessing.placing import announce, events, fresh_item, marks_of
from chalicelib.flows.assessing.routing import route_message
from chalicelib.flows.services import Services
from chalicelib.flows.telling import count_again
from chalicelib.store import conversations, kept_messages, queue
from chalicelib.store.codec import from_text, to_text


def look_again_after(services: Services, late: KeptMessage) -> None:
    """What was written after a late message was judged without it: judge again, raise only.

    Done before the late message itself is finished, so that a crash here is found by the sweeper.
    """
    for message in kept_messages.last(services.table, late.subject, services.now()):
        if message.direction == "in" and message.triaged and message.at > late.at:
            raise_if_worse(services, message)


def raise_if_worse(services: Services, message: KeptMessage) -> None:
    """Assess a message anew; when it is more urgent than was thought, its item is raised."""
    now = services.now()
    conversation = conversations.find(services.table, message.subject, now)
    told = kept_messages.until(services.table, message, now)
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
        kept_messages.assessed_again(message, to_text(assessment), marks),
        queue.saved(standing, item, now),
        *events(message.subject, standing, item, now),
    )
    count_again(services, message.accepted_at)
    announce(services, conversation, item)


def rank_of(assessment: Assessment) -> str:
    """How urgent, smaller is more."""
    return rank(assessment.attention, emergency=assessment.emergency)
