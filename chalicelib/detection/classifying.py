"""Text in, findings out: language, urgency, emergency, kind and topic, each with its because.

PURE: reads the rules and words that are packaged with it once, and nothing else.
"""

from chalicelib.detection.explain import emergency_findings, finding, harmless
from chalicelib.detection.kinds import kind_of
from chalicelib.detection.places import mentioned
from chalicelib.detection.reading import Reading, reading_of
from chalicelib.detection.topics import topic_of
from chalicelib.detection.urgency import Outcome, outcomes
from chalicelib.domain.assessment import (
    URGENCIES,
    Assessment,
    Context,
    Finding,
    Urgency,
    more_urgent,
)
from chalicelib.domain.message import Message

VERSION = "rules-1"

LOOK_BACK = 5
"""How many earlier messages are read along."""

LONGEST_EARLIER = 1_000


def classify(message: Message, context: Context) -> Assessment:
    """What the rules say about this message, knowing what was said before it."""
    reading = reading_of(message.text)
    alone = outcomes(reading)
    findings: list[Finding] = []
    urgency = most_urgent(alone)
    speaking, shown = alone, reading
    if urgency != "spoed" and context.earlier:
        together = with_earlier(message.text, context.earlier)
        if together is not None and most_urgent(together[1]) == "spoed":
            shown, speaking = together
            urgency = "spoed"
    first = speaking[0] if urgency == "spoed" else None
    matter = kind_of(reading, urgency, context.channel)
    subject = topic_of(shown, first)
    if urgency == "geen" and matter.kind not in {"overig", "compliment"}:
        urgency = more_urgent(urgency, "later")
    findings += emergency_findings(shown, speaking) or [harmless(reading)]
    findings.append(finding("kind", matter.kind, matter.score, matter.because))
    findings.append(finding("topic", subject.topic, subject.score, subject.because))
    findings.append(
        finding("lang", reading.spoken.code, reading.spoken.score, reading.spoken.because)
    )
    return Assessment(
        emergency=urgency == "spoed",
        urgency=urgency,
        kind=matter.kind,
        topic=subject.topic,
        lang=reading.spoken.code,
        findings=tuple(findings),
        version=VERSION,
        places=mentioned(reading.text.shown),
    )


def most_urgent(found: list[Outcome]) -> Urgency:
    """The most urgent of all outcomes."""
    return min((outcome.urgency for outcome in found), key=URGENCIES.index, default="geen")


def with_earlier(text: str, earlier: tuple[str, ...]) -> tuple[Reading, list[Outcome]] | None:
    """The conversation read as one, for what this message adds to it."""
    before = " .\n".join(said[:LONGEST_EARLIER] for said in earlier[-LOOK_BACK:])
    since = len(reading_of(before).text.tokens)
    reading = reading_of(f"{before} .\n{text}")
    if len(reading.text.tokens) <= since:
        return None
    return reading, outcomes(reading, since)
