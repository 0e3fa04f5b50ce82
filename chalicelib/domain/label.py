"""What a person says that one message is, beside what detection said of it.

A label changes no model by itself. It holds none of the citizen's words: these stay in the message,
so that a label never outlives them.
"""

from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.assessment import Assessment, MatterKind, Topic, Urgency
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.moments import Moment

Source = Literal["correction", "sample", "uncertain"]
"""Said in the conversation, with detection's opinion in sight; or blind, of a message drawn by lot
or of one that detection doubted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An opinion. What the person was not asked is None; an emergency is urgency ``spoed``."""

    urgency: Urgency
    kind: MatterKind | None = None
    topic: Topic | None = None
    lang: str | None = None

    @property
    def emergency(self) -> bool:
        return self.urgency == "spoed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """What detection said at that moment, and which version of it."""

    emergency: bool
    urgency: Urgency
    kind: MatterKind
    topic: Topic
    lang: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One person's opinion of one message, with where it came from. The newest one counts."""

    subject: str
    message: str
    message_sk: str
    channel: str
    account: str
    at: Moment
    by: str
    name: str
    source: Source
    said: Said
    detected: Detected


def detected(assessment: Assessment) -> Detected:
    """The part of an assessment that a person can agree or disagree with."""
    return Detected(
        emergency=assessment.emergency,
        urgency=assessment.urgency,
        kind=assessment.kind,
        topic=assessment.topic,
        lang=assessment.lang,
        version=assessment.version,
    )


ASKED = ("urgency", "kind", "topic", "lang")


def differences(label: Label) -> dict[str, str]:
    """What the person says otherwise than detection."""
    pairs = {name: (getattr(label.said, name), getattr(label.detected, name)) for name in ASKED}
    return {name: said for name, (said, seen) in pairs.items() if said not in (None, seen)}


def newest_by_message(labels: list[Label]) -> dict[str, Label]:
    """The label that counts, by the message's id."""
    return {label.message: label for label in sorted(labels, key=lambda one: one.at)}


def text_when(message: KeptMessage, at: Moment) -> str:
    """What a message said at a moment: who labelled it may have read an earlier text."""
    return next((earlier.text for earlier in message.earlier if earlier.until > at), message.text)
