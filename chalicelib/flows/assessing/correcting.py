"""An agent says what a message is: a correction of its assessment, or a confirmation.

It is kept beside the message with what detection said, changes no model, and closes nothing. "An
emergency" raises the item as when a person judges it; "no emergency" takes the item off the lane of
life at risk only where nothing else in the conversation keeps it there and no colleague holds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from chalicelib.domain.assessment import URGENCIES, Assessment, MatterKind, Topic
from chalicelib.domain.conversation import Conversation, Event, KeptMessage
from chalicelib.domain.label import (
    Label,
    Said,
    Source,
    detected,
    differences,
    newest_by_message,
)
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.queue_rules import as_said
from chalicelib.errors import InvalidInput, NotFound, StoreUnavailable
from chalicelib.flows.desk.queueing import TRIES, announce, found, reopened
from chalicelib.flows.hinting import tell, tell_everybody
from chalicelib.flows.services import Services
from chalicelib.flows.telling import step
from chalicelib.store import access_log, kept_messages, labels, queue, timeline
from chalicelib.store.codec import from_text
from chalicelib.store.table import ConditionFailed, Operation, Put

LETTERS_OF_A_LANGUAGE = 2
UNKNOWN = "und"


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as it is read to be corrected; ``item`` is None where nothing waits."""

    conversation: Conversation
    messages: list[KeptMessage]
    item: QueueItem | None


def correct(
    services: Services, agent: Principal, subject: str, message_id: str, said: Said
) -> Label:
    """Keep what the agent says. Raises ``NotFound`` when there is no such assessed message."""
    agent.must_be_allowed_to("answer")
    for _ in range(TRIES):
        talk = read(services, subject)
        message = assessed_message(talk, message_id)
        label = new_label(services, agent, message, said, "correction")
        after = follows(services, talk, label)
        try:
            services.table.write(*writes(talk.item, after, label, labels.kept(label, message)))
        except ConditionFailed:
            continue  # an agent, or the citizen, changed the item: look again
        tell_who_looks(services, talk.item, after, subject)
        return label
    raise StoreUnavailable("too many writers on one item")


def read(services: Services, subject: str) -> Talk:
    """Raises ``NotFound``."""
    now = services.now()
    conversation = found(services, subject)
    messages = kept_messages.listing(services.table, subject, now)
    return Talk(conversation, messages, queue.find(services.table, subject, now))


def follows(services: Services, talk: Talk, label: Label) -> QueueItem | None:
    """The item as it becomes; None where nothing waits and nothing has to."""
    now, item = label.at, talk.item
    if item is None:
        if not label.said.emergency:
            return None
        return as_said(reopened(services, talk.conversation), "spoed", now, lower=False)
    free = not item.held_by_other(label.by, now)
    lower = free and not others_at_risk(services, talk, label, since=item.waiting_since)
    return as_said(item, label.said.urgency, now, lower=lower)


def others_at_risk(services: Services, talk: Talk, label: Label, *, since: Moment) -> bool:
    """Whether another waiting message is an emergency, as far as a person or detection says."""
    said = newest_by_message(labels.of_conversation(services.table, label.subject, label.at))
    for message in talk.messages:
        if message.id == label.message or message.deleted_at or message.at < since:
            continue
        own = said.get(message.id)
        if own.said.emergency if own else was_raised(message):
            return True
    return False


def was_raised(message: KeptMessage) -> bool:
    """Whether detection takes it for an emergency."""
    return bool(message.assessment) and from_text(Assessment, message.assessment or "").emergency


def writes(
    before: QueueItem | None, after: QueueItem | None, label: Label, kept: Put
) -> list[Operation]:
    """Label, log of use, timeline and item, at once. A confirmation is no news to the timeline."""
    now = label.at
    agent = Principal(id=label.by, name=label.name, role="agent")
    about = f"{label.subject}:{label.message}"
    made: list[Operation] = [kept, access_log.used(agent, "correct", about, now)]
    if differences(label):
        fact = step(before, after, "judged", now) if before and after else None
        made.append(timeline.happened(label.subject, corrected(label), fact))
    if after and after != before:
        made.append(queue.saved(before, after, now))
    return made


def corrected(label: Label) -> Event:
    """The timeline names what the person says otherwise: ``urgency=spoed kind=melding``."""
    text = " ".join(f"{name}={said}" for name, said in differences(label).items())
    return Event(what="corrected", at=label.at, by=label.by, name=label.name, text=text)


def tell_who_looks(
    services: Services, before: QueueItem | None, after: QueueItem | None, subject: str
) -> None:
    """The team looks again; everybody when life is at risk, or no longer."""
    if after is None or after == before:
        tell(services, subject)
        return
    announce(services, after)
    if before and before.emergency and not after.emergency:
        tell_everybody(services, subject)


def assessed_message(talk: Talk, message_id: str) -> KeptMessage:
    """The citizen's message of this id. Raises ``NotFound`` when detection said nothing of it."""
    for message in talk.messages:
        if message.id == message_id and message.direction == "in" and message.assessment:
            return message
    raise NotFound("no such assessed message", id=message_id)


def new_label(
    services: Services, agent: Principal, message: KeptMessage, said: Said, source: Source
) -> Label:
    """The label of an assessed message, with what detection said of it."""
    return Label(
        subject=message.subject,
        message=message.id,
        message_sk=kept_messages.key_of(message).sk,
        channel=message.channel,
        account=message.account,
        at=services.now(),
        by=agent.id,
        name=agent.name,
        source=source,
        said=said,
        detected=detected(from_text(Assessment, message.assessment or "")),
    )


def opinion(fields: Mapping[str, object]) -> Said:
    """What a form or a program says. Raises ``InvalidInput`` naming what cannot be.

    Only the urgency must be there; what is left out was not judged.
    """
    known = {"urgency": URGENCIES, "kind": get_args(MatterKind), "topic": get_args(Topic)}
    given = {name: fields.get(name) or None for name in (*known, "lang")}
    wrong = [name for name, values in known.items() if given[name] not in (*values, None)]
    wrong += ["urgency"] * (given["urgency"] is None)
    wrong += ["lang"] * (not is_language(given["lang"]))
    if wrong:
        text = {"nl": "kies een van de mogelijkheden", "en": "choose one of the options"}
        raise InvalidInput("not an opinion", dict.fromkeys(wrong, text))
    return Said(**given)  # type: ignore[arg-type]  # each was held to its values above


def is_language(code: object) -> bool:
    """An ISO 639-1 code, or ``und``; or nothing."""
    if code in (None, UNKNOWN):
        return True
    letters = isinstance(code, str) and code.isascii() and code.isalpha() and code.islower()
    return letters and len(str(code)) == LETTERS_OF_A_LANGUAGE
