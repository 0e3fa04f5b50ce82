"""The whole of detection: the readable rules, the linear model, and the encoder where it is.

The first two run in every process (tier one). The encoder (tier two) may be in this process, in a
function of its own, or away; then tier one decides and the assessment says that it is to be redone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Literal, Protocol, get_args

from chalicelib.detection import classifying
from chalicelib.detection.classifying import Judged, by_rules, judge, ruled
from chalicelib.detection.encoder import Read, before, margin
from chalicelib.detection.explain import finding
from chalicelib.detection.features import Features, features_of
from chalicelib.detection.fusing import Fusion, Scores, plainly_said, voices
from chalicelib.detection.linear import EMERGENCY, model
from chalicelib.detection.meaning import packed
from chalicelib.detection.places import mentioned
from chalicelib.detection.resembling import Words, missed, resemblance, turning
from chalicelib.domain.assessment import (
    UNSURE,
    Assessment,
    Context,
    Finding,
    MatterKind,
    Topic,
    Urgency,
)
from chalicelib.domain.message import Message

TIER_ONE = f"{classifying.VERSION}+linear-1"
VERSION = f"{TIER_ONE}+encoder-1"
KINDS: tuple[MatterKind, ...] = get_args(MatterKind)
TOPICS: tuple[Topic, ...] = get_args(Topic)
LONGEST_QUOTE = 90

EMERGENCY_IS_REPORT = 0.9
"""How sure we are that an emergency is a report, as the rules are."""

Classify = Callable[[Message, Context], Assessment]


class EncoderAway(Exception):
    """The second tier could not be asked; the first decides for now."""


class Reader(Protocol):
    """Whoever has the encoder: this process, or a function of its own."""

    @property
    def fusion(self) -> Fusion:
        """How its voice is weighed with the others."""
        ...

    def read(self, text: str, before: str) -> Read:
        """What a message means. Raises ``EncoderAway``."""
        ...


class Nobody:
    """The encoder when it is wanted and is not here."""

    @property
    def fusion(self) -> Fusion:
        raise EncoderAway

    def read(self, text: str, before: str) -> Read:
        """Raises ``EncoderAway``."""
        raise EncoderAway(len(text) + len(before))


class Remembering:
    """The same reader for as long as one message is assessed: no text is read twice."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._read: dict[tuple[str, str], Read] = {}

    @property
    def fusion(self) -> Fusion:
        return self._reader.fusion

    def read(self, text: str, before: str) -> Read:
        """What a message means. Raises ``EncoderAway``."""
        key = (text, before)
        if key not in self._read:
            self._read[key] = self._reader.read(text, before)
        return self._read[key]


Tier = Literal["rules", "model", "full"]


def classifier(tier: Tier = "model", reader: Reader | None = None) -> Classify:
    """Detection by the rules alone, by tier one, or by all with the encoder of ``reader``."""
    if tier == "rules":
        return by_rules
    return partial(classify, reader=(reader or Nobody()) if tier == "full" else None)


def classify(message: Message, context: Context, reader: Reader | None = None) -> Assessment:
    """What all say about this message, knowing what was said before it."""
    judged = judge(message, context)
    if not judged.reading.text.tokens:
        return ruled(judged)
    once = Remembering(reader) if reader else None
    try:
        return weigh(message, context, judged, once).assessment()
    except EncoderAway:
        return replace(weigh(message, context, judged, None).assessment(), redo=True)


def weigh(message: Message, context: Context, judged: Judged, reader: Reader | None) -> "Weighed":
    """All opinions together. Raises ``EncoderAway``."""
    features = features_of(judged.reading)
    sources: dict[str, Scores] = {"linear": model().scores(features)}
    read = None
    if reader:
        read = reader.read(message.text, before(context))
        sources["encoder"] = read.scores
    fusion = reader.fusion if reader else own_fusion()
    heard = voices(judged, sources["linear"]["emergency"]["ja"], read.scores if read else None)
    chance = fusion.chance(heard)
    lang = judged.reading.spoken.code
    is_plain = plainly_said(message.text, heard)
    by_rules = judged.seen.urgency == "spoed"
    spoed = fusion.raises(chance, lang, by_rules=by_rules, is_plain=is_plain)

    def score(text: str) -> float:
        """What the encoder alone gives to an emergency."""
        return margin(reader.read(text, before(context))) if reader else 0.0

    def still(text: str) -> bool:
        """Whether without some of its words it would be decided likewise."""
        shorter = replace(message, text=text)
        again = judge(shorter, context)
        if not again.reading.text.tokens:
            return not spoed
        return weigh(shorter, context, again, reader).spoed == spoed

    return Weighed(
        judged, fusion, features, sources, read, chance, spoed=spoed, still=still, score=score
    )


@cache
def own_fusion() -> Fusion:
    """How tier one weighs."""
    return Fusion.of(model().head)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A message with all opinions, and what follows."""

    judged: Judged
    fusion: Fusion
    features: Features
    sources: Mapping[str, Scores]
    read: Read | None
    chance: float
    spoed: bool
    still: Callable[[str], bool]
    score: Callable[[str], float]

    @property
    def urgency(self) -> Urgency:
        """The likeliest; doubt does not change it but asks for a person's look."""
        chances = self.fusion.weighed("urgency", self.sources, self.judged.urgency, 1.0)
        return self.fusion.urgency(chances, self.judged.seen.urgency, spoed=self.spoed)

    @property
    def doubted(self) -> bool:
        """Whether a person must look."""
        by_rules = self.judged.seen.urgency == "spoed"
        if self.spoed:
            return by_rules and self.chance < self.fusion.doubt
        return by_rules or self.chance >= self.fusion.doubt

    def assessment(self) -> Assessment:
        """What is said of the message."""
        reading = self.judged.reading
        kind, topic, spoken = self.kind(), self.topic(), reading.spoken
        return Assessment(
            emergency=self.spoed,
            urgency=self.urgency,
            kind=next(known for known in KINDS if known == kind.value),
            topic=next(known for known in TOPICS if known == topic.value),
            lang=spoken.code,
            findings=(
                *self.findings(),
                kind,
                topic,
                finding("lang", spoken.code, spoken.score, spoken.because),
            ),
            version=VERSION if self.read else TIER_ONE,
            places=mentioned(reading.text.shown),
            meaning=packed(self.read.meaning) if self.read else "",
        )

    def findings(self) -> list[Finding]:
        """Of rules and models; whichever made the message urgent comes first."""
        rules, ours = self.judged.seen.findings(), self.opinion()
        raised = self.spoed and self.judged.seen.urgency != "spoed"
        return [*ours, *rules] if raised else [*rules, *ours]

    def opinion(self) -> list[Finding]:
        """The models': what the message resembles, and whether a person must look."""
        if self.spoed:
            said = finding("model", "spoed", self.chance, self.why())
            if self.doubted:
                because = "Onzeker: de regels zien spoed en het model niet; laat een mens kijken."
                return [said, finding(UNSURE, "mens", 1 - self.chance, because)]
            return [said]
        if self.doubted:
            because = "Onzeker: laat een mens kijken. " + resemblance(self.words(), SPOED)
            return [finding(UNSURE, "mens", self.chance, because)]
        like = resemblance(self.words(), SPOED, against=True)
        return [finding("model", "geen_spoed", 1 - self.chance, like)]

    def why(self) -> str:
        """What it resembles, without which words it would not, and the nearest example."""
        words, turned = self.tried(self.judged.reading.text.shown)
        parts = [resemblance(words, SPOED)]
        if turned:
            quoted = " en ".join(f'"{word}"' for word in turned)
            parts.append(f"Zonder {quoted} was het geen spoed.")
        if self.read and self.read.nearest:
            parts.append(f'Verwant voorbeeld: "{shortened(self.read.nearest)}".')
        return " ".join(parts)

    def tried(self, text: str) -> tuple[Words, list[str]]:
        """The words that did it, and those without which it was none: by taking them out.

        An encoder that goes away meanwhile leaves what each word brought; the decision stands.
        """
        words = self.words()
        try:
            if self.read:
                words = missed(words, text, margin(self.read), self.score)
            return words, turning(text, words, self.still)
        except EncoderAway:
            return words, []

    def words(self) -> Words:
        """What each word brought to an emergency: by the encoder, else by the linear model."""
        if self.read:
            return self.read.brought
        return self.linear_words(EMERGENCY)

    def linear_words(self, column: tuple[str, str]) -> Words:
        """What each word brought to an answer of the linear model."""
        brought, text = model().brought(self.features, column), self.judged.reading.text
        return [(text.quote((place,)), points) for place, points in sorted(brought.items())]

    def kind(self) -> Finding:
        """The kind; an emergency is a report unless the message says otherwise."""
        matter = self.judged.matter
        said, score, because = matter.kind, matter.score, matter.because
        if self.spoed and self.judged.seen.urgency != "spoed":
            said, score, because = "melding", EMERGENCY_IS_REPORT, "Er is spoed."
        return self.chosen("kind", said, score, because)

    def topic(self) -> Finding:
        """The topic."""
        subject = self.judged.subject
        return self.chosen("topic", subject.topic, subject.score, subject.because)

    def chosen(self, task: str, said: str, score: float, because: str) -> Finding:
        """The likeliest answer: with the rules' because where they said so, or what it is like."""
        chances = self.fusion.weighed(task, self.sources, said, score)
        answer = max(chances, key=lambda each: chances[each])
        if answer != said:
            named = f"berichten van {NAMED[task]} {answer}"
            because = resemblance(self.linear_words((task, answer)), named)
        return finding(task, answer, chances[answer], because)


def shortened(text: str) -> str:
    """An example as far as it is read at a glance."""
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


SPOED = "spoedberichten"
NAMED = {"kind": "soort", "topic": "onderwerp"}
