"""Conversation flows as content editors write them, read and checked. docs/flows.md explains."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, get_args

from chalicelib.detection.normalise import read
from chalicelib.domain.assessment import Topic as Detected
from chalicelib.intake.phrase_book import PhraseBook

SLOTS = ("what", "where", "when", "who", "injured", "weapons", "suspect_direction", "callback")
KINDS = ("melding", "aangifte", "vraag", "tip", "klacht", "slachtoffer")
DETECTED: tuple[Detected, ...] = get_args(Detected)
FIELDS = frozenset(
    {"version", "title", "kind", "ask", "closing", "questions", "topics", "danger", "now"}
    | {"since", "person", "ours", "sure"}
)
TOPIC_FIELDS = frozenset({"title", "detected", "words", "kind", "weight", "ours"})


class BadFlow(ValueError):
    """A flow that cannot be used; the text says what is wrong, for who wrote it."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a conversation can be about, within a flow."""

    name: str
    title: str
    kind: str
    detected: frozenset[str]
    weight: int
    ours: bool
    """Whether the police keeps it: no other door is shown."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What to ask about one sort of matter, the most valuable first."""

    name: str
    version: int
    title: str
    kind: str
    ask: tuple[str, ...]
    closing: str
    questions: Mapping[str, str]
    topics: Mapping[str, Topic]
    book: PhraseBook
    now: bool
    """Whether "nu" is a moment here."""
    since: bool
    """Whether "since" is the moment that counts, in an emergency too."""
    person: bool
    """Whether a person always takes it over."""
    sure: float
    """How sure detection must be of danger here, where its words for danger mislead."""

    def is_danger(self, text: str) -> bool:
        """Whether words that are harmless elsewhere mean danger in this flow."""
        return "danger" in self.book.names(text)


@cache
def flows() -> tuple[Flow, ...]:
    """All flows of the package."""
    return tuple(read_flows((files("chalicelib.intake") / "flows").iterdir()))


def read_flows(entries: Iterable[Traversable]) -> Iterator[Flow]:
    """The flows of these files. Raises ``BadFlow``."""
    for entry in sorted(entries, key=lambda file: file.name):
        if entry.name.endswith(".toml"):
            yield flow_of(entry.name.removesuffix(".toml"), entry.read_text("utf-8"))


def flow_of(name: str, text: str) -> Flow:
    """One flow. Raises ``BadFlow`` with everything that is wrong with it."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFlow(f"{name}: {error}") from error
    wrong = list(problems(said))
    if wrong:
        raise BadFlow("\n".join(f"{name}: {problem}" for problem in wrong))
    try:
        return made(name, said)
    except ValueError as error:
        raise BadFlow(f"{name}: {error}") from error


def made(name: str, said: Mapping[str, Any]) -> Flow:
    """The flow that was found to be sound."""
    lines = {topic: about["words"] for topic, about in said["topics"].items()}
    return Flow(
        name=name,
        version=said["version"],
        title=said["title"],
        kind=said["kind"],
        ask=tuple(said["ask"]),
        closing=said["closing"],
        questions=said.get("questions", {}),
        topics={one: topic_of(one, about, said) for one, about in said["topics"].items()},
        book=PhraseBook.of(lines | {"danger": said.get("danger", "")}),
        now=said.get("now", False),
        since=said.get("since", False),
        person=said.get("person", False),
        sure=float(said.get("sure", 0)),
    )


def topic_of(name: str, about: Mapping[str, Any], flow: Mapping[str, Any]) -> Topic:
    """One topic of a flow."""
    return Topic(
        name=name,
        title=about["title"],
        kind=about.get("kind", flow["kind"]),
        detected=frozenset(about["detected"]),
        weight=about.get("weight", 1),
        ours=about.get("ours", flow.get("ours", False)),
    )


def problems(said: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a flow as it was written."""
    yield from (f"unknown field {field}" for field in sorted(said.keys() - FIELDS))
    for field, kind in (("version", int), ("title", str), ("closing", str), ("topics", dict)):
        if not isinstance(said.get(field), kind) or not said[field]:
            yield f"{field} is missing or no {kind.__name__}"
    if said.get("kind") not in KINDS:
        yield f"kind is none of {', '.join(KINDS)}"
    asked = said.get("ask")
    if not isinstance(asked, list) or not asked or len(set(asked)) < len(asked):
        yield "ask is no list of slots, each once"
        asked = []
    yield from (
        f"unknown slot {slot}" for slot in [*asked, *said.get("questions", {})] if slot not in SLOTS
    )
    for name, about in dict(said.get("topics") or {}).items():
        yield from (f"topic {name}: {problem}" for problem in topic_problems(name, about))


def topic_problems(name: str, about: Any) -> Iterator[str]:
    """What is wrong with one topic."""
    if not isinstance(about, dict) or name == "danger":
        yield "is no topic"
        return
    yield from (f"unknown field {field}" for field in sorted(about.keys() - TOPIC_FIELDS))
    if not isinstance(about.get("title"), str) or not about["title"]:
        yield "has no title"
    if not isinstance(about.get("words"), str) or not read(about["words"]).tokens:
        yield "has no words"
    if about.get("kind", KINDS[0]) not in KINDS:
        yield f"kind is none of {', '.join(KINDS)}"
    detected = about.get("detected")
    if not isinstance(detected, list) or not set(detected) <= set(DETECTED):
        yield "detected is no list of topics that detection knows"
