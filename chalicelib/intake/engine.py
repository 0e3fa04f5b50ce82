"""One turn of the intake assistant: state and message in, state and reply out. PURE.

Order of what counts: danger, then a wish for a person, abuse, silence, and only then the flow.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from chalicelib.intake.danger import is_danger, is_warned_of
from chalicelib.intake.facts import Facts
from chalicelib.intake.matter import Matter, kind_of, matters, only_asks
from chalicelib.intake.phrase_book import signals
from chalicelib.intake.speech import closing, question, sentence, voice_of
from chalicelib.intake.state import Pointed, Said, State

GROWN_UP = 18
MOST_UNSURE = 2
WORTH_NAMING = 1.5
"""How much must speak for a second matter before the citizen hears of it."""

SURE_OF_LANGUAGE = 0.7
FEWEST_WORDS = 3
OWN_AGE = re.compile(r"melder is (\d+) jaar")
SENSITIVE = frozenset({"zeden"})
"""Topics that a person always takes over."""

Signpost = Callable[[Sequence[str]], Pointed | None]
"""From what was said to the institution that owns it, if not the police."""


def points_nowhere(texts: Sequence[str]) -> Pointed | None:  # noqa: ARG001 - the port's shape
    """No signpost: the matter stays with the police."""
    return None


@dataclass(frozen=True, slots=True)
class Assistant:
    """The approved 112 texts by language, and the signpost."""

    approved: Mapping[str, str]
    signpost: Signpost = points_nowhere

    def answer(self, state: State, said: Said) -> tuple[State, str]:
        """The next state and what is said back."""
        after = heard(state, said)
        view = View.of(after)
        after = self.pointed(after, view)
        voice = voice_of(after.lang, child=view.child)
        parts, after = self.reply(after, view, said, voice)
        if said.channel not in after.disclosed:
            hello = sentence(voice, "hello")
            parts = [*parts, hello] if view.danger_now else [hello, *parts]
            after = replace(after, disclosed=after.disclosed | {said.channel})
        return after, " ".join(parts)

    def pointed(self, state: State, view: "View") -> State:
        """With where the matter belongs, as far as it is known."""
        if state.emergency_turn is not None:
            return replace(state, signpost=Pointed("112", "112"))
        ours = view.matter is not None and view.matter.topic.ours
        if ours and not only_asks(state.assessments):
            return replace(state, signpost=None)
        return replace(state, signpost=self.signpost(state.texts))

    def reply(self, state: State, view: "View", said: Said, voice: str) -> tuple[list[str], State]:
        """The sentences of one reply."""
        if state.emergency_turn is not None:
            advice = [self.call_112(state.lang)] if view.danger_now else []
            return [*advice, sentence(voice, "taken_over")], state
        alone = self.out_of_flow(state, view, said)
        if alone:
            return [sentence(voice, alone)], state
        parts, after = self.in_flow(state, view, voice)
        warned = is_warned_of(state.texts, said.assessment)
        return [*([self.call_112(state.lang)] if warned else []), *parts], after

    def out_of_flow(self, state: State, view: "View", said: Said) -> str | None:
        """The sentence for what no question follows."""
        if "abuse" in view.signs:
            return "abuse"
        if state.handover:
            return "person"
        if is_silent(said):
            return "silence"
        return None if view.matter or view.slots.keys() - {"what"} else "unsure"

    def call_112(self, lang: str) -> str:
        """The approved text of this language; English where there is none."""
        return self.approved.get(lang) or self.approved["nl" if lang == "und" else "en"]

    def in_flow(self, state: State, view: "View", voice: str) -> tuple[list[str], State]:
        """Thanks, where to go, what else was noticed, and the next question."""
        parts = [sentence(voice, "corrected" if "correcting" in view.signs else "noted")]
        if state.signpost:
            parts.append(sentence(voice, "elsewhere", door=state.signpost.name))
        if view.child and not state.asked:
            parts.append(sentence(voice, "adult"))
        other = view.other(state.named)
        if other:
            parts.append(sentence(voice, "also", title=other.topic.title))
            state = replace(state, named=state.named | {other.flow.name})
        missing = view.missing(state.asked)
        flow = view.matter.flow if view.matter else None
        if not missing:
            return [*parts, closing(voice, flow)], state
        asked = replace(state, asked=(*state.asked, missing))
        return [*parts, question(voice, missing, flow)], asked


@dataclass(frozen=True, slots=True)
class View:
    """What follows from everything that was said."""

    matters: tuple[Matter, ...]
    slots: Mapping[str, str]
    signs: frozenset[str]
    danger_now: bool
    child: bool

    @classmethod
    def of(cls, state: State) -> "View":
        """Read the conversation."""
        found = tuple(matters(state.texts, state.assessments))
        slots = slots_of(state, found)
        last = state.said[-1]
        age = OWN_AGE.search(slots.get("who", ""))
        young = int(age.group(1)) < GROWN_UP if age else False
        signs = signals().names(last.text)
        danger = is_danger(state.texts, last.assessment, found)
        return cls(found, slots, signs, danger, young or "child" in signs)

    @property
    def matter(self) -> Matter | None:
        """What it is most likely about."""
        return self.matters[0] if self.matters else None

    def other(self, named: frozenset[str]) -> Matter | None:
        """A second matter, in another flow, that was not spoken of yet."""
        mine = self.matter.flow.name if self.matter else ""
        for one in self.matters[1:]:
            if one.flow.name not in named | {mine} and one.score >= WORTH_NAMING:
                return one
        return None

    def missing(self, asked: tuple[str, ...]) -> str | None:
        """The most valuable slot that is empty and was not asked for."""
        ask = self.matter.flow.ask if self.matter else ("what", "where", "when")
        return next((slot for slot in ask if slot not in self.slots and slot not in asked), None)


def heard(state: State, said: Said) -> State:
    """The state with this message, what it means for danger and for who should answer."""
    after = replace(state, said=(*state.said, said), lang=language(state, said))
    found = tuple(matters(after.texts, after.assessments))
    if is_danger(after.texts, said.assessment, found) and after.emergency_turn is None:
        after = replace(after, emergency_turn=len(state.said), handover=True)
    signs = signals().names(said.text)
    if is_unsure(said, signs, found):
        after = replace(after, unsure=after.unsure + 1)
    topic, flow = (found[0].topic.name, found[0].flow) if found else ("", None)
    person = topic in SENSITIVE or (flow is not None and flow.person)
    hand = person or after.unsure >= MOST_UNSURE or bool(signs & {"person", "abuse"})
    return replace(after, handover=after.handover or hand)


def is_unsure(said: Said, signs: frozenset[str], found: tuple[Matter, ...]) -> bool:
    """Whether a message leaves the assistant in the dark: no matter, and no word of thanks."""
    return not found and "unsure" in signs and not is_silent(said)


def is_silent(said: Said) -> bool:
    """Whether nothing was said in words."""
    return not said.pin and not any(letter.isalnum() for letter in said.text)


def language(state: State, said: Said) -> str:
    """The citizen's language: that of the first message, until another is clearly spoken."""
    found = said.assessment.lang
    score = max((one.score for one in said.assessment.findings if one.name == "lang"), default=0.0)
    if found == "und" or is_silent(said):
        return state.lang
    clear = score >= SURE_OF_LANGUAGE and len(said.text.split()) >= FEWEST_WORDS
    return found if clear or not state.said else state.lang


def slots_of(state: State, found: tuple[Matter, ...]) -> dict[str, str]:
    """The slots of a conversation."""
    facts = Facts()
    for said in state.said:
        facts.hear(said.text, said.assessment.lang)
        if said.pin:
            facts.pin = said.pin
    matter = found[0] if found else None
    danger = state.emergency_turn is not None
    return facts.slots(matter, danger=danger)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a conversation came to."""

    emergency_turn: int | None
    kind: str
    topic: str
    slots: Mapping[str, str]
    handover: bool
    signpost: str | None
    disclosed_automation: bool


def outcome(state: State) -> Outcome:
    """What is known after all that was said."""
    found = tuple(matters(state.texts, state.assessments))
    matter = found[0] if found else None
    danger = state.emergency_turn is not None
    detected = next((one.topic for one in state.assessments if one.topic != "anders"), "onbekend")
    return Outcome(
        emergency_turn=state.emergency_turn,
        kind=kind_of(matter, state.assessments, danger=danger),
        topic=matter.topic.name if matter else detected,
        slots=slots_of(state, found),
        handover=state.handover,
        signpost=state.signpost.door if state.signpost else None,
        disclosed_automation=bool(state.disclosed),
    )
