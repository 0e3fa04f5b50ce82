"""What a person may see of the queue and of a conversation. Each look goes to the log of use."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.channels.limits import FileRules
from chalicelib.domain.assessment import Assessment
from chalicelib.domain.contradiction import Contradiction
from chalicelib.domain.conversation import Conversation, Event, KeptMessage
from chalicelib.domain.label import Label, newest_by_message
from chalicelib.domain.media import KeptMedia
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueItem, QueueRow
from chalicelib.errors import InvalidInput
from chalicelib.flows.answering.elsewhere import limits_of
from chalicelib.flows.assessing.seeing import note_seen
from chalicelib.flows.desk import lists
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.incidents.standing_crises import turned_on
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.comparing import contradictions
from chalicelib.store import (
    access_log,
    changes,
    directory,
    kept_messages,
    labels,
    media,
    queue,
    timeline,
)
from chalicelib.store.codec import from_text
from chalicelib.store.queue import LIFE

PAGE = 50
LARGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class QueueView:
    """A page of the queue, most urgent first; ``cursor`` leads to the next, None at the end."""

    rows: list[QueueRow]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """A message with what detection said about it, and the person whose word counts now.

    ``media`` are its files, also those that could not be fetched; ``contradictions``, by file, is
    where a photo says otherwise than the message.
    """

    message: KeptMessage
    assessment: Assessment | None
    label: Label | None = None
    media: tuple[KeptMedia, ...] = ()
    contradictions: Mapping[str, Contradiction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationView:
    """A whole conversation. ``newest`` is what a reply's ``seen`` must name.

    ``window_until`` is when the channel's reply window ends, None without one. ``files`` says
    which an answer may carry, None for none.
    """

    conversation: Conversation
    messages: list[MessageView]
    timeline: list[Event]
    item: QueueItem | None
    newest: str
    window_until: Moment | None
    longest_text: int
    files: FileRules | None = None


def lists_of(services: Services, principal: Principal) -> tuple[str, ...]:
    """Life at risk first, then the principal's team; who has no team sees all teams."""
    if principal.team:
        return (LIFE, principal.team)
    return (LIFE, *sorted(team.id for team in directory.teams(services.table)))


def view_queue(
    services: Services, principal: Principal, cursor: str | None = None, limit: int = PAGE
) -> QueueView:
    """One page over the principal's lists. Raises ``InvalidInput`` on a foreign cursor."""
    principal.must_be_allowed_to("read_queue")
    now = services.now()
    names = lists_of(services, principal)
    position, after = read_cursor(cursor, len(names))
    rows: list[QueueRow] = []
    wanted = max(1, min(limit, LARGEST_PAGE))
    while position < len(names) and len(rows) < wanted:
        page = queue.page(services.table, names[position], now, wanted - len(rows), after)
        rows += page.rows
        after = page.after
        position += after is None
    services.table.write(access_log.read(principal, "read_queue", principal.team or "all", now))
    more = position < len(names)
    return QueueView(rows, write_cursor(position, after) if more else None)


def view_life(services: Services, principal: Principal) -> list[QueueRow]:
    """Life at risk, straight from the table: for this nobody waits."""
    principal.must_be_allowed_to("read_queue")
    now = services.now()
    services.table.write(access_log.read(principal, "read_queue", principal.team or "all", now))
    return queue.page(services.table, LIFE, now, LARGEST_PAGE, None).rows


def view_rows(services: Services, principal: Principal) -> list[QueueRow]:
    """All that waits for the principal's team, or for all teams, life at risk left out."""
    principal.must_be_allowed_to("read_queue")
    names = [name for name in lists_of(services, principal) if name != LIFE]
    services.table.write(
        access_log.read(principal, "read_queue", principal.team or "all", services.now())
    )
    found = [row for name in names for row in lists.rows_of(services, name)]
    joined = rows_of_crises(services, principal) if principal.team else []
    found += joined
    return sorted(found, key=lambda row: row.order) if joined or len(names) > 1 else found


def rows_of_crises(services: Services, principal: Principal) -> list[QueueRow]:
    """What waits with other teams for a crisis that the principal's team works in."""
    found: dict[str, QueueRow] = {}
    for crisis in turned_on(services):
        if principal.team in crisis.works_in:
            others = set(crisis.works_in) - {principal.team}
            rows = (row for team in others for row in lists.rows_of(services, team))
            found |= {row.subject: row for row in rows if crisis.covers(row.about)}
    return list(found.values())


def write_cursor(position: int, after: str | None) -> str:
    return base64.urlsafe_b64encode(json.dumps([position, after]).encode()).decode()


def read_cursor(cursor: str | None, lists: int) -> tuple[int, str | None]:
    """Where to go on. Raises ``InvalidInput`` when the cursor is not ours."""
    if not cursor:
        return 0, None
    try:
        position, after = json.loads(base64.urlsafe_b64decode(cursor))
        if 0 <= int(position) < lists and (after is None or isinstance(after, str)):
            return int(position), after
    except (ValueError, TypeError, binascii.Error):
        pass
    wrong = {"nl": "onbekende bladwijzer", "en": "unknown cursor"}
    raise InvalidInput("not a cursor", {"cursor": wrong})


def view_snoozed(services: Services, principal: Principal) -> list[QueueRow]:
    """What the team set aside, at most one page."""
    principal.must_be_allowed_to("read_queue")
    name = f"{principal.team}#snoozed"
    return queue.page(services.table, name, services.now(), PAGE, None).rows


def view_conversation(services: Services, principal: Principal, subject: str) -> ConversationView:
    """Everything of one conversation. Raises ``NotFound``."""
    principal.must_be_allowed_to("read_conversation")
    now = services.now()
    conversation = found(services, subject)
    kept = kept_messages.listing(services.table, subject, now)
    services.table.write(access_log.read(principal, "read_conversation", subject, now))
    inbound = [message for message in kept if message.direction == "in"]
    newest = max(inbound, key=lambda message: message.arrival)
    said = newest_by_message(labels.of_conversation(services.table, subject, now))
    files = files_of(services, kept)
    rules = limits_of(services, conversation)
    window = rules.longest_window
    view = ConversationView(
        conversation=conversation,
        messages=[
            MessageView(
                message=m,
                assessment=assessment_of(m),
                label=said.get(m.id),
                media=(own := files.get(kept_messages.key_of(m).sk, ())),
                contradictions=contradictions(services, m, own),
            )
            for m in kept
        ],
        timeline=timeline.events(services.table, subject, now),
        item=queue.find(services.table, subject, now),
        newest=newest.id,
        window_until=later(conversation.inbound_at, window) if window else None,
        longest_text=rules.longest_text,
        files=rules.files,
    )
    note_seen(services, principal, view.item)
    return view


def files_of(services: Services, kept: list[KeptMessage]) -> dict[str, tuple[KeptMedia, ...]]:
    """The files by the sort key of their message; asked for only where there are any."""
    if not any(message.media_count for message in kept):
        return {}
    found: dict[str, tuple[KeptMedia, ...]] = {}
    for one in media.of_conversation(services.table, kept[0].subject, services.now()):
        found[one.message_sk] = (*found.get(one.message_sk, ()), one)
    return found


def assessment_of(message: KeptMessage) -> Assessment | None:
    return from_text(Assessment, message.assessment) if message.assessment else None


def view_changes(services: Services, principal: Principal, cursor: Moment) -> Moment:
    """The moment of the last change on the principal's lists: what a page polls."""
    principal.must_be_allowed_to("read_queue")
    names = lists_of(services, principal)
    return changes.newest(services.table, names, cursor, services.now())
