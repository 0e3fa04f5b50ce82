"""The rules: language, urgency, emergency, kind and topic, each with its because.

PURE: reads the rules and words that are packaged with it once, and nothing else.
"""

from dataclasses import dataclass

from chalicelib.detection.explain import emergency_findings, finding, harmless
from chalicelib.detection.kinds import Matter, kind_of
from chalicelib.detection.places import mentioned
from chalicelib.detection.reading import Reading, reading_of
from chalicelib.detection.topics import Subject, topic_of
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
FOLLOWING = 0.6
"""The score of a message that is an emergency by what was said before it."""

CLOSING = frozenset({"dank", "loos", "soort_compliment", "nog_veilig"})
TELLING = frozenset(
    {"nu", "hier", "vlucht", "bang", "waarneming", "dader_nabij", "kwetsbaar", "noodkreet"}
    | {"zwak_daad", "zwak_geluid", "zwak_lichaam", "zwak_plek", "zwak_dwang", "gewond"}
)
"""Ideas that carry an emergency on."""


def by_rules(message: Message, context: Context) -> Assessment:
    """What the rules alone say about this message, knowing what was said before it."""
    return ruled(judge(message, context))


def ruled(judged: "Judged") -> Assessment:
    """What the rules said, as an assessment."""
    matter, subject, spoken = judged.matter, judged.subject, judged.reading.spoken
    return Assessment(
        emergency=judged.urgency == "spoed",
        urgency=judged.urgency,
        kind=matter.kind,
        topic=subject.topic,
        lang=spoken.code,
        findings=(
            *judged.seen.findings(),
            finding("kind", matter.kind, matter.score, matter.because),
            finding("topic", subject.topic, subject.score, subject.because),
            finding("lang", spoken.code, spoken.score, spoken.because),
        ),
        version=VERSION,
        places=mentioned(judged.reading.text.shown),
    )


def judge(message: Message, context: Context) -> "Judged":
    """The parts of an assessment by rules, for whoever puts more beside them."""
    reading = reading_of(message.text)
    alone = Seen(reading, tuple(outcomes(reading)))
    seen = alone
    if seen.urgency != "spoed" and context.earlier:
        seen = with_earlier(seen, message.text, context.earlier)
    matter = kind_of(reading, seen.urgency, context.channel)
    wanted = matter.kind not in {"overig", "compliment"}
    urgency = more_urgent(seen.urgency, "later" if wanted else "geen")
    subject = topic_of(seen.reading, seen.found[0] if urgency == "spoed" and seen.found else None)
    return Judged(reading, alone, seen, matter, subject, urgency)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules found, and in which text: the message, or the conversation as one."""

    reading: Reading
    found: tuple[Outcome, ...]
    follows: str = ""
    """Set when an emergency before it makes this one too: why."""

    @property
    def urgency(self) -> Urgency:
        """The most urgent of all outcomes."""
        each = (outcome.urgency for outcome in self.found)
        return "spoed" if self.follows else min(each, key=URGENCIES.index, default="geen")

    def findings(self) -> list[Finding]:
        """At least one: what spoke, or why nothing did."""
        if self.follows:
            return [finding("spoed", "vervolg", FOLLOWING, self.follows)]
        return emergency_findings(self.reading, list(self.found)) or [harmless(self.reading)]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules make of a message. ``alone`` is without, ``seen`` with what came before."""

    reading: Reading
    alone: Seen
    seen: Seen
    matter: Matter
    subject: Subject
    urgency: Urgency


def with_earlier(alone: Seen, text: str, earlier: tuple[str, ...]) -> Seen:
    """The conversation read as one, when that makes this message more urgent; else as it was."""
    before = " .\n".join(said[:LONGEST_EARLIER] for said in earlier[-LOOK_BACK:])
    past = reading_of(before)
    since = len(past.text.tokens)
    together = reading_of(f"{before} .\n{text}")
    if len(together.text.tokens) <= since:
        return alone
    joined = Seen(together, tuple(outcomes(together, since)))
    if joined.urgency == "spoed":
        return joined
    before_it = Seen(past, tuple(outcomes(past)))
    if before_it.urgency == "spoed" and continues(alone.reading):
        why = before_it.findings()[0].because
        return Seen(alone.reading, alone.found, f"Vervolg op een spoedmelding. Eerder: {why}")
    return joined if joined.urgency != alone.urgency == "geen" else alone


def continues(reading: Reading) -> bool:
    """Whether a message tells more (where, who, what now) rather than closes or thanks."""
    if any(idea in reading.ideas for idea in CLOSING):
        return False
    return bool(mentioned(reading.text.shown)) or any(idea in reading.ideas for idea in TELLING)
