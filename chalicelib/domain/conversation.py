"""Messages that belong together on one channel, as they are kept and shown."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from chalicelib.domain.delivery import State
from chalicelib.domain.message import MessageKind, ReceiptState
from chalicelib.domain.moments import Moment, later

LATE_AFTER = timedelta(minutes=5)
"""A message that reaches us this long after it was written is marked as late."""


Began = Literal["opened", "reopened"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An appeal that went to a volunteer: which one, about which incident, and when."""

    appeal: str
    incident: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """``newest`` is the id of the citizen's message that arrived last (not: was written last).

    ``inbound_at`` is when the citizen last wrote, which the channel's reply window counts from;
    ``answers`` is the platform's id of that message, which an answer may have to name, and
    ``answer_with`` what an answer to it must repeat (``Message.answer_with``). ``thread``
    is the public thread that it stands in, None when it is private. ``addressed`` is false as
    long as we only heard the citizen and they did not write to us. ``incident`` is the last one
    that the citizen told of. ``helps`` is the gemeente of which they asked for appeals, empty when
    they stopped; ``asked`` is the last appeal that went to them.
    """

    subject: str
    channel: str
    account: str
    team: str
    contact: str
    author_id: str
    author_name: str | None = None
    opened_at: Moment
    newest: str
    newest_mark: str
    inbound_at: Moment
    lang: str
    answers: str | None = None
    answer_with: str | None = None
    thread: str | None = None
    addressed: bool = True
    incident: str | None = None
    helps: str | None = None
    asked: Asked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierText:
    """What a message said before it was edited."""

    text: str
    until: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMessage:
    """One message of a conversation, in or out.

    ``at`` is the platform's time (what the order is by), ``accepted_at`` ours. For an answer of
    ours ``reply_id`` leads to its delivery, whose ``state`` and ``receipt`` are repeated here.
    ``assessment`` is the JSON of an ``Assessment``. ``began`` says that it opened work, or opened
    it again; ``to_queue_ms`` how long it took from the platform's delivery to the queue.
    ``searches`` are the ids of the searches that found it.
    ``translation`` is a computer's, for a colleague who asked; the text is what counts.
    ``written_by`` is the colleague who wrote down what the citizen said.
    """

    id: str
    subject: str
    channel: str
    account: str
    direction: Literal["in", "out"]
    text: str
    kind: MessageKind
    at: Moment
    accepted_at: Moment
    external_id: str
    author_id: str | None = None
    author_name: str | None = None
    media_count: int = 0
    location: str | None = None
    title: str | None = None
    proven: bool | None = None
    answer_with: str | None = None
    written_by: str | None = None
    translation: str | None = None
    reply_to: str | None = None
    thread: str | None = None
    listened: bool = False
    searches: tuple[str, ...] = ()
    late: bool = False
    triaged: bool = False
    edited_at: Moment | None = None
    earlier: tuple[EarlierText, ...] = ()
    deleted_at: Moment | None = None
    assessment: str | None = None
    began: Began | None = None
    to_queue_ms: int | None = None
    envelope: str | None = None
    reply_id: str | None = None
    by: str | None = None
    state: State | None = None
    receipt: ReceiptState | None = None
    reason: str | None = None
    incident: str | None = None

    @property
    def arrival(self) -> str:
        """Where it stands in the order of arrival."""
        return f"{self.accepted_at}#{self.id}"


EventWhat = Literal[
    "opened", "raised", "claimed", "released", "claim_ended", "handed_over", "snoozed",
    "woke", "finished", "note", "paged", "judged", "corrected", "edited", "deleted", "delivery",
    "seen", "window_missed",
    "passed_on", "passed_sent", "passed_received", "passed_unanswered", "passed_under_way",
    "passed_done",
    "taken_back", "assigned",
    "incident_opened", "incident_joined", "incident_parted", "incident_closed", "stated",
    "crisis_proposed", "crisis_on", "crisis_changed", "crisis_off", "crisis_declined",
    "announced", "announcement_stopped",
    "partner_shared", "partner_received", "partner_ended",
    "volunteered", "volunteering_ended", "appeal_proposed", "appeal_approved", "appeal_stopped",
    "found_useful", "found_not_useful",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something a person or the service did in a conversation; a note is one too.

    A note has a type of its own (``what="note"``) and no way to a channel: only a delivery has.
    """

    what: EventWhat
    at: Moment
    by: str
    name: str
    text: str = ""


def is_late(at: Moment, accepted_at: Moment) -> bool:
    """Whether a message took long to reach us."""
    return accepted_at > later(at, LATE_AFTER)
