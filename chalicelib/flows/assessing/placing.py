"""The queue item that a message makes, and what the timeline, lists and people are told of it."""

from datetime import timedelta

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.conversation import Conversation, Event, KeptMessage
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import SYSTEM
from chalicelib.domain.queue_item import About, QueueItem, answer_by, excerpt, rank
from chalicelib.flows.assessing.routing import Routed, calendar_of, with_route
from chalicelib.flows.hinting import tell_everybody, tell_teams
from chalicelib.flows.incidents.putting_off import with_crisis
from chalicelib.flows.services import Services
from chalicelib.flows.telling import arrival
from chalicelib.log import logger
from chalicelib.store import assessed, facts, timeline
from chalicelib.store.table import Item, Operation

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


def marks_of(
    message: KeptMessage, conversation: Conversation, assessment: Assessment, now: Moment
) -> Item:
    """Where the message is found later: for a person to judge, or to be assessed again."""
    marks = assessed.to_do_again(message, later(now, AGAIN_AFTER)) if assessment.redo else {}
    if message.kind in FOR_NOBODY or message.to_queue_ms is None:
        return marks
    return marks | facts.listed(arrival(message, conversation, assessment))


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
    return [timeline.happened(subject, what)]


def announce(services: Services, conversation: Conversation, item: QueueItem | None) -> None:
    """Hint to the team; to everybody when life is at risk."""
    subject = conversation.subject
    if item and item.emergency:
        logger.warning("life at risk", subject=subject)
        tell_everybody(services, subject)
    else:
        tell_teams(services, subject, conversation.team, item.team if item else "")
