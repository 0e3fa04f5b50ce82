"""A conversation as a page shows it: one story of messages, notes and events; who may answer."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

from chalicelib.domain.conversation import Conversation, Event, KeptMessage
from chalicelib.domain.delivery import REGRET
from chalicelib.domain.draft import Draft
from chalicelib.domain.incident import Incident
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.own_post import OwnPost
from chalicelib.domain.principal import Principal
from chalicelib.domain.spoken import AnswerWay, is_written
from chalicelib.errors import WebcareError
from chalicelib.flows.answering.answering_privately import is_open_in_private
from chalicelib.flows.answering.elsewhere import SPOKEN, given_way, limits_of
from chalicelib.flows.answering.releasing_posts import post_above
from chalicelib.flows.answering.templating import has_templates, is_the_way_on
from chalicelib.flows.desk.case_beside import Beside, beside
from chalicelib.flows.desk.previewing import Preview
from chalicelib.flows.desk.proofreading import Proof
from chalicelib.flows.desk.translating import BothWays
from chalicelib.flows.desk.viewing import ConversationView, MessageView
from chalicelib.flows.incidents.announced import current_for
from chalicelib.flows.incidents.incident_desk import incident_of
from chalicelib.flows.incidents.mapping import Spot, place_of
from chalicelib.flows.services import Services
from chalicelib.web.shown_map import ShownMap, shown_spot
from chalicelib.web.shown_queue import Holder, holder_of

UNREAD = 422
"""A form that was not taken, as of input that is not right."""

QUOTED = 80
"""How much of a message is repeated above an answer to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in the story: a message, a note, or what happened between two of those."""

    key: str
    message: KeptMessage | None = None
    view: MessageView | None = None
    quoted: str = ""
    place: dict[str, Any] | None = None
    fresh: bool = False
    note: Event | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the agent wrote and could not be taken, with the reason: it is never lost.

    ``preview`` is how it would go out, for who asked to see that. ``privately``: only the citizen
    is to read it. ``asks``: it holds what ``proof`` says, and its writer did not agree to that yet.
    ``kept_at`` is set when it is a draft from the server. With ``about_note`` the problem is
    the note's. ``both_ways`` is an answer in the citizen's language, with what it says in ours.
    """

    text: str = ""
    note: str = ""
    reply_id: str = ""
    seen: str = ""
    problem: WebcareError | None = None
    files: tuple[str, ...] = ()
    choices: str = ""
    preview: Preview | None = None
    privately: bool = False
    proof: Proof | None = None
    asks: bool = False
    kept_at: Moment | None = None
    about_note: bool = False
    both_ways: BothWays | None = None

    @property
    def status(self) -> int:
        """Of the answer to a form: 200 for a page that was only looked at."""
        if self.problem:
            return self.problem.status
        return UNREAD if self.asks else 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownConversation:
    """``writing`` says what the reader may do here now.

    ``most_parts`` is in how many messages an answer may go; ``counts_signs`` when the platform
    counts as everybody does, so that the page can count by itself. ``templates`` when there are
    texts that the platform approved, ``needs_template`` when only those can still go out, or the
    last answer did not arrive. ``most_choices`` is how many buttons an answer may have.
    ``can_be_private``: what is public here can be answered in private as well, in a text of
    at most ``longest_private``.
    ``under`` is the post of ours below which the citizen writes.
    ``translates``: a translator is switched on.
    ``given`` is the way that a citizen who spoke gave for an answer.
    ``beside`` is its case and what the assistant gathered; ``incident`` is what it told of last,
    when others tell of it too, and ``current`` what those were answered while this citizen was
    not. ``place`` is where it is about, ``place_map`` a small map of that.
    """

    view: ConversationView
    beside: Beside
    incident: Incident | None
    current: str
    place: Spot | None
    place_map: ShownMap | None
    entries: list[Entry]
    holder: Holder
    public: bool
    most_parts: int
    counts_signs: bool
    templates: bool
    needs_template: bool
    most_choices: int
    window_open: bool
    can_be_private: bool
    longest_private: int
    writing: Literal["reply", "claim", "wait", "read", "say"]
    given: AnswerWay | None = None
    under: OwnPost | None = None
    translates: bool = False
    typed: Typed = field(default_factory=Typed)


def shown_conversation(
    services: Services, me: Principal, view: ConversationView, typed: Typed
) -> ShownConversation:
    """The whole page's content. ``typed`` comes back from an answer that was not taken."""
    now = services.now()
    item = view.item
    holder = holder_of(item.claimed_by, item.claim_until, me, now) if item else "nobody"
    rules = limits_of(services, view.conversation)
    incident = incident_of(services, view.conversation.incident)
    window_open = view.window_until is None or now < view.window_until
    place = place_of([one.message for one in view.messages])
    return ShownConversation(
        view=view,
        beside=beside(services, view.conversation),
        incident=incident,
        current=current_for(services, incident, view.conversation.subject),
        place=place,
        place_map=shown_spot(place.lat, place.lon, place.radius) if place else None,
        entries=entries(view, typed.seen),
        holder=holder,
        public=rules.public,
        most_parts=rules.most_parts,
        counts_signs=rules.measure is len,
        templates=has_templates(services, view.conversation.channel),
        needs_template=not window_open or is_the_way_on(view),
        most_choices=rules.choices.most if rules.choices else 0,
        window_open=window_open,
        can_be_private=rules.public and is_open_in_private(services, view.conversation),
        longest_private=rules.within(None).longest_text,
        writing=writing(me, holder, view.conversation),
        given=given_way(view.conversation),
        translates=services.translator is not None,
        under=post_above(services, view.conversation),
        typed=typed,
    )


def writing(
    me: Principal, holder: Holder, conversation: Conversation
) -> Literal["reply", "claim", "wait", "read", "say"]:
    """Answer, take it first, wait for the colleague who has it, say it aloud, or only read."""
    if not me.may("answer"):
        return "read"
    if conversation.channel == SPOKEN and not is_written(given_way(conversation)):
        return "say"
    if holder == "me":
        return "reply"
    return "wait" if holder == "other" else "claim"


def entries(view: ConversationView, seen: str) -> list[Entry]:
    """Everything in order of time; events that follow each other are one entry."""
    texts = {one.message.external_id: one.message.text for one in view.messages}
    arrivals = {one.message.id: one.message.arrival for one in view.messages}
    read_until = arrivals.get(seen, "")
    told = [(one.message.at, as_message(one, texts, read_until)) for one in view.messages]
    told += [(event.at, as_event(event)) for event in view.timeline]
    return joined([entry for _, entry in sorted(told, key=lambda pair: pair[0])])


def as_message(view: MessageView, texts: dict[str, str], read_until: str) -> Entry:
    """``fresh``: the citizen wrote it after what the agent had read."""
    message = view.message
    return Entry(
        key=f"m-{message.id}",
        message=message,
        view=view,
        quoted=shortened(texts.get(message.reply_to or "", "")),
        place=json.loads(message.location) if message.location else None,
        fresh=bool(read_until) and message.direction == "in" and message.arrival > read_until,
    )


def as_event(event: Event) -> Entry:
    if event.what == "note":
        return Entry(key=f"n-{event.at}", note=event)
    return Entry(key=f"e-{event.at}", events=(event,))


def joined(told: list[Entry]) -> list[Entry]:
    """Runs of events as one entry each, so that they do not crowd out what people say."""
    runs: list[Entry] = []
    for entry in told:
        last = runs[-1] if runs else None
        if entry.events and last and last.events:
            runs[-1] = Entry(key=last.key, events=last.events + entry.events)
        else:
            runs.append(entry)
    return runs


def shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else f"{line[:QUOTED]}…"


def from_draft(draft: Draft) -> Typed:
    """What the agent wrote here earlier and did not send."""
    return Typed(
        text=draft.text,
        note=draft.note,
        reply_id=draft.reply_id,
        files=draft.files,
        choices=draft.choices,
        privately=draft.privately,
        kept_at=draft.saved_at if draft.text or draft.files else None,
    )


def regret_until(message: KeptMessage, me: Principal) -> Moment | None:
    """Until when an answer waits to be taken back by its writer; None when it is not theirs.

    It may be later than that: what could not be sent yet can be taken back just so.
    """
    mine = message.by == me.id and message.state == "queued" and "." not in message.external_id
    return later(message.at, REGRET) if mine else None


def delivery_word(message: KeptMessage) -> str:
    """Where our answer is, as the last part of a text key: what the platform told wins."""
    if message.state == "sent" and message.receipt in ("delivered", "read", "played", "failed"):
        return {"played": "read", "failed": "refused"}.get(message.receipt, message.receipt)
    return message.state or "queued"
