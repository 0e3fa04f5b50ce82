"""An answer is taken back before any platform was asked: it never went out.

The delivery waits with its due marker; whoever changes it first wins. A worker that leases it makes
taking back too late, and what was taken back no worker can lease: the same condition decides both.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chalicelib.domain import queue_rules as rules
from chalicelib.domain.assessment import Assessment
from chalicelib.domain.conversation import Conversation, KeptMessage
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.media import KeptMedia
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueItem
from chalicelib.errors import NotFound, TooLate
from chalicelib.flows.answering.attaching import files_kept, unsent
from chalicelib.flows.assessing.placing import fresh_item
from chalicelib.flows.assessing.routing import route_message
from chalicelib.flows.desk.queueing import announce, done, found, reopened
from chalicelib.flows.services import Services
from chalicelib.store import access_log, announcements, deliveries, kept_messages, queue, timeline
from chalicelib.store.codec import from_text
from chalicelib.store.table import ConditionFailed, Key, Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What its writer gets back to go on with."""

    text: str
    privately: bool
    choices: tuple[str, ...]
    files: tuple[KeptMedia, ...]


def take_back(services: Services, agent: Principal, subject: str, reply_id: str) -> TakenBack:
    """The agent's own answer, all of its parts. Raises ``NotFound`` or ``TooLate``."""
    agent.must_be_allowed_to("answer")
    conversation = found(services, subject)
    parts = list(parts_of(services, agent, subject, reply_id))
    if not parts:
        raise NotFound("no such answer of yours", reply_id=reply_id)
    if any(part.state != "queued" for part in parts):
        raise TooLate("the answer is on its way")
    files = files_kept(services, parts[0])
    try:
        write(services, agent, conversation, parts, files)
    except ConditionFailed as failed:
        raise TooLate("the answer is on its way") from failed
    first = parts[0]
    text = "".join(part.text for part in parts)
    return TakenBack(text=text, privately=first.privately, choices=first.choices, files=files)


def can_be_taken_back(services: Services, agent: Principal, subject: str, reply_id: str) -> bool:
    """Whether this answer is the agent's and waits with all its parts."""
    parts = list(parts_of(services, agent, subject, reply_id))
    return bool(parts) and all(part.state == "queued" for part in parts)


def parts_of(
    services: Services, agent: Principal, subject: str, reply_id: str
) -> Iterator[Delivery]:
    """The answer's parts in order; nothing when it is not this agent's in this conversation."""
    then: str | None = reply_id
    while then:
        part = deliveries.find(services.table, then, services.now())
        if part is None or (part.subject, part.agent) != (subject, agent.id):
            return
        yield part
        then = part.then


def write(
    services: Services,
    agent: Principal,
    conversation: Conversation,
    parts: list[Delivery],
    files: tuple[KeptMedia, ...],
) -> None:
    """Delivery, message, files and queue item go back together, or nothing does."""
    now = services.now()
    subject = conversation.subject
    standing = queue.find(services.table, subject, now)
    item = item_again(services, agent, conversation, standing, parts)
    services.table.write(
        *unsaid(parts),
        *unsent(files, now),
        queue.saved(standing, item, now),
        timeline.happened(subject, done("taken_back", agent, now)),
        access_log.used(agent, "take_back", subject, now),
    )
    announce(services, item)


def unsaid(parts: list[Delivery]) -> list[Operation]:
    """What makes it never said. Fails where it is on its way."""
    return [
        *(deliveries.saved(part, withdrawn(part)) for part in parts),
        *announcements.came_to(withdrawn(parts[0])),
        *(kept_messages.withdrawn(message_key(part)) for part in parts),
    ]


def take_appeal_back(services: Services, agent: Principal, first: Delivery) -> None:
    """An appeal answered nothing, so nothing waits again. Raises ``TooLate``."""
    parts = list(parts_of(services, agent, first.subject, first.reply_id))
    log = access_log.used(agent, "take_back", first.subject, services.now())
    try:
        services.table.write(*unsaid(parts), log)
    except ConditionFailed as failed:
        raise TooLate("the appeal is on its way") from failed


def withdrawn(part: Delivery) -> Delivery:
    """Of words that were never said nothing is kept but that they were taken back."""
    return replace(part, state="taken_back", due_at=None, text="", template=None, files=())


def message_key(part: Delivery) -> Key:
    return kept_messages.answer_key(part.subject, part.message_sk)


def item_again(
    services: Services,
    agent: Principal,
    conversation: Conversation,
    standing: QueueItem | None,
    parts: list[Delivery],
) -> QueueItem:
    """The queue item as it waits now. One that was finished is the agent's again."""
    now = services.now()
    told = kept_messages.last(services.table, conversation.subject, now)
    if standing is None:
        before = opened_again(services, conversation, told)
        return rules.claim(replace(before, answered=False), agent, now)
    if answered_otherwise(told, parts):
        return replace(standing, version=standing.version + 1)
    return rules.unanswer(standing, now)


def opened_again(
    services: Services, conversation: Conversation, told: list[KeptMessage]
) -> QueueItem:
    """As urgent as the citizen's newest message was found to be."""
    inbound = [one for one in told if one.direction == "in" and one.assessment]
    if not inbound:
        return reopened(services, conversation)
    newest = max(inbound, key=lambda one: one.arrival)
    assessment = from_text(Assessment, newest.assessment or "")
    routed = route_message(services, conversation.team, newest, assessment, told)
    return replace(fresh_item(services, conversation, newest, assessment, routed), version=0)


def answered_otherwise(told: list[KeptMessage], parts: list[Delivery]) -> bool:
    """Whether another answer of ours came after the citizen's last message."""
    gone = {part.message_sk for part in parts}
    asked = max((one.accepted_at for one in told if one.direction == "in"), default="")
    return any(is_other_answer(one, gone, asked) for one in told)


def is_other_answer(message: KeptMessage, gone: set[str], asked: Moment) -> bool:
    if message.direction != "out" or message.state == "refused":
        return False
    return message.accepted_at >= asked and kept_messages.key_of(message).sk not in gone
