"""What the assistant hears: the kept messages as its engine takes them, and what it answers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.talk import Talk
from chalicelib.flows.citizen.wording import said_in
from chalicelib.flows.services import Services
from chalicelib.intake.engine import Assistant, Outcome, View, outcome
from chalicelib.intake.speech import voice_of
from chalicelib.intake.state import Said, State
from chalicelib.store import kept_messages, talks
from chalicelib.store.codec import from_text

SAFE_FIRST = frozenset({"zeden", "huiselijk_geweld", "stalking"})
"""Topics of which nobody else at home must read: first "is it safe?", and no link by itself."""

NO_WORDS = frozenset({"reaction", "system"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The state after what is new, and what is said to it."""

    state: State
    reply: str
    voice: str
    asks: bool
    safe_first: bool


def is_for_assistant(message: KeptMessage) -> bool:
    """Whether the citizen said it, it stands, and it was assessed."""
    inbound = message.direction == "in" and message.kind not in NO_WORDS
    return inbound and message.triaged and not message.deleted_at


def as_said(message: KeptMessage) -> Said:
    """A message as the engine takes it."""
    assessment = from_text(Assessment, message.assessment or "")
    title = message.title or ""
    text = message.text if title in ("", message.text) else f"{title}\n\n{message.text}"
    place = json.loads(message.location) if message.location else {}
    named = ", ".join(str(place[name]) for name in ("name", "address") if place.get(name))
    pin = named or (f"{place['lat']}, {place['lon']}" if place.get("lat") is not None else "")
    return Said(text=text, channel=message.channel, assessment=assessment, pin=pin)


def recalled(talk: Talk, told: Sequence[KeptMessage]) -> State:
    """The state before what is new: what it noted, and the messages as they are kept."""
    state = from_text(State, talk.state) if talk.state else State()
    heard = [one for one in told if one.subject != talk.subject or one.arrival <= talk.heard]
    known = [one for one in heard if is_for_assistant(one)]
    known = sorted((one for one in known if one.assessment), key=lambda one: one.arrival)
    return replace(state, said=tuple(map(as_said, known)))


def listen(assistant: Assistant, state: State, new: Sequence[KeptMessage]) -> Heard:
    """Hear all that is new and answer once; danger in any of it is answered as such."""
    reply, before = "", state
    for message in new:
        bare_file = message.media_count and not message.text.strip() and not message.location
        if bare_file:
            reply = reply or said_in(state.lang, "received")
            continue
        urgent = state.emergency_turn
        state, said = assistant.answer(state, as_said(message))
        keep = urgent is None or before.emergency_turn is not None
        reply = said if keep else reply
    topic = outcome(state).topic if state.said else ""
    child = View.of(state).child if state.said else False
    return Heard(
        state=state,
        reply=reply,
        voice=voice_of(state.lang, child=child),
        asks=state.asked != before.asked and not state.handover,
        safe_first=topic in SAFE_FIRST,
    )


def collected(services: Services, subject: str) -> Outcome | None:
    """What the assistant gathered in this conversation, for the agent beside it."""
    now = services.now()
    talk = talks.find(services.table, subject, now)
    if talk is None or talk.state is None:
        return None
    told = kept_messages.listing(services.table, subject, now)
    state = recalled(talk, [one for one in told if one.arrival > talk.since])
    return outcome(state) if state.said else None
