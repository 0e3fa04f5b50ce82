"""Training on some authors, deciding on others: the only measurement that means anything here.

The authors are dealt into three folds, of which one is measured. Of each of its messages every
model's opinion comes from one that learned the other two folds; how the opinions on one author's
messages are weighed was found on the other authors of that fold, and on evenings that these models
did not read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from chalicelib.detection.fusing import Scores
from infra.incidents.evenings import HALF, LEARNED, WEIGHED
from infra.training import augment, extracting, frozen, reading
from infra.training.calibrating import calibrated
from infra.training.corpus import LATER, Labelled, dealt
from infra.training.extracting import Extract
from infra.training.fitting import Fitted, fit, loaded, matrix_of, save
from infra.training.opinions import (
    DETECTORS,
    FULL,
    RULES,
    TIER_ONE,
    Decision,
    Detector,
    Opinion,
    decided,
    linear_scores,
)
from infra.training.streams import streams

Say = Callable[[str], None]
FOLDS, MEASURED = 3, 1
"""How many folds, and how many of them are measured: each costs a quarter of an hour."""

LINEAR_CODE = ("fitting.py", "extracting.py", "augment.py")
READ_BY_TUNERS = frozenset({"aster", "berk"})
"""Batches that whoever widened the word lists had read; there the rules speak with older lists."""


@dataclass
class Study:
    """All batches with what is seen of them, and the opinions of models that had not read them."""

    batches: dict[str, list[Labelled]]
    teacher: reading.Teacher
    say: Say
    compare: bool = False
    """Whether the frozen encoders speak too: minutes, and only the report wants them."""

    extracts: dict[str, Extract] = field(default_factory=dict)
    _linear: dict[int, Fitted] = field(default_factory=dict)
    _frozen: dict[str, list[frozen.Headed]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read every message and its copy with typing errors once."""
        self.trained_on, self.apart = dealt()
        old = [one for name in READ_BY_TUNERS for one in self.batches.get(name, [])]
        new = [
            one for name in self.batches if name not in READ_BY_TUNERS for one in self.batches[name]
        ]
        new += self.trained_on + self.apart + streams(LEARNED + WEIGHED)
        for messages, words in ((old, extracting.UNREAD), (new, "")):
            each = messages + [augment.typed(one) for one in messages]
            self.say(f"reading {len(each)} messages and copies")
            found = extracting.extracted(
                [(one.text, one.channel, one.earlier) for one in each], words
            )
            self.extracts |= {one.id: extract for one, extract in zip(each, found, strict=True)}

    @cached_property
    def folds(self) -> list[list[str]]:
        """The authors, dealt in turn; those who are read last are learned by every model."""
        names = sorted(set(self.batches).difference(LATER))
        return [names[start::FOLDS] for start in range(FOLDS)]

    def of(self, names: Sequence[str]) -> list[Labelled]:
        """The messages of these authors."""
        return [one for name in names for one in self.batches[name]]

    def rest(self, fold: int) -> list[Labelled]:
        """What the models of a fold learn: everything but the fold, and what is ordinary."""
        return (
            self.of([n for at, f in enumerate(self.folds) if at != fold for n in f])
            + self.of([name for name in self.batches if name in LATER])
            + self.trained_on
        )

    @cached_property
    def everything(self) -> list[Labelled]:
        """What the models of the service learn, besides evenings."""
        return self.of(sorted(self.batches)) + self.trained_on

    def linear(self, messages: Sequence[Labelled], evenings: Sequence[str]) -> Fitted:
        """The linear model of these messages, these evenings' and their copies, fitted once.

        It sees no context, so what is dangerous only by context would teach it a bare address.
        """
        messages = [one for one in (*messages, *streams(evenings)) if not one.before]
        path = reading.WORK / f"linear-{reading.stamped(messages, LINEAR_CODE)[:12]}.npz"
        if not path.exists():
            each = [*messages, *(augment.typed(one) for one in messages)]
            self.say(f"fitting the linear model on {len(each)} messages and copies")
            save(fit(each, self.matrix(each)), path)
        return loaded(path)

    def linear_of(self, fold: int) -> Fitted:
        """The linear model that did not learn this fold."""
        if fold not in self._linear:
            self._linear[fold] = self.linear(self.rest(fold), HALF)
        return self._linear[fold]

    def taught(self, name: str, learned: Sequence[Labelled]) -> Path:
        """The folder of an encoder that learned these messages, and half of the evenings."""
        return self.teacher.taught(name, learned, HALF)

    def apart_from(self, topic: str) -> tuple[list[Decision], list[Decision]]:
        """A fold's messages of one topic, decided by models that learned neither fold nor topic.

        Beside it the same messages by the models of that fold, which knew the topic of others.
        """
        messages = [one for one in self.of(self.folds[0]) if one.labels["topic"] == topic]
        learned = [one for one in self.rest(0) if one.labels["topic"] != topic]
        inner = [one for one in self.weighing if one.message.labels.get("topic") != topic]
        unknown = self.opined(f"without-{topic}", learned, self.linear(learned, HALF), messages)
        wanted = {one.id for one in messages}
        known = [one for one in self.opinions if one.message.id in wanted]
        return deciding(FULL, inner, unknown), deciding(FULL, inner, known)

    def matrix(self, messages: Sequence[Labelled]) -> Any:
        """What the linear model sees of these."""
        return self.matrix_of([self.extracts[one.id] for one in messages])

    def matrix_of(self, extracts: Sequence[Extract]) -> Any:
        """The same, of extracts."""
        return matrix_of(extracts)

    @cached_property
    def opinions(self) -> list[Opinion]:
        """On every measured message, what models say that learned the other folds."""
        folds = range(MEASURED)
        return [one for fold in folds for one in self.unread(fold, self.of(self.folds[fold]))]

    @cached_property
    def in_a_stream(self) -> list[Opinion]:
        """On evenings that these models did not read, for weighing what they say."""
        return self.unread(0, streams([name for name in LEARNED if name not in HALF]))

    @property
    def weighing(self) -> list[Opinion]:
        """All opinions that tell how much each voice counts in the service."""
        return self.opinions + self.in_a_stream

    def unread(self, fold: int, messages: Sequence[Labelled]) -> list[Opinion]:
        """What the models that did not learn this fold say of these messages."""
        return self.opined(f"fold-{fold}", self.rest(fold), self.linear_of(fold), messages)

    def opined(
        self,
        name: str,
        learned: Sequence[Labelled],
        fitted: Fitted,
        messages: Sequence[Labelled],
    ) -> list[Opinion]:
        """What models that learned the first say of the others."""
        reads = self.teacher.reads(self.taught(name, learned), messages)
        others: list[dict[str, Scores]] = [{} for _ in messages]
        for one in self.frozen_of(name, learned) if self.compare else ():
            for found, said in zip(others, one.scores(messages), strict=True):
                found[one.name] = said
        rows = fitted.scores(self.matrix(messages))
        return [
            Opinion(
                one,
                self.extracts[one.id],
                {"linear": linear_scores(fitted.columns, row), "encoder": read, **other},
            )
            for one, row, read, other in zip(messages, rows, reads, others, strict=True)
        ]

    def frozen_of(self, name: str, learned: Sequence[Labelled]) -> list[frozen.Headed]:
        """The frozen encoders whose heads learned the first, fitted once."""
        if name not in self._frozen:
            self._frozen[name] = frozen.taught(learned, self.teacher, self.say)
        return self._frozen[name]

    @property
    def detectors(self) -> list[Detector]:
        """The rows of the ablation; frozen encoders only where they were asked."""
        here = ("linear", "encoder")
        return [d for d in DETECTORS if self.compare or all(s in here for s in d.sources)]

    @cached_property
    def decisions(self) -> dict[str, list[Decision]]:
        """What each detector decides on an author's messages, weighed as found on the others'."""
        found: dict[str, list[Decision]] = {}
        for detector in self.detectors:
            self.say(f"deciding: {detector.name}")
            authors = dict.fromkeys(one.message.batch for one in self.opinions)
            found[detector.name] = [
                one for name in authors for one in self.of_author(detector, name)
            ]
        return found

    def of_author(self, detector: Detector, author: str) -> list[Decision]:
        """A detector's decisions on one author's messages."""
        own = [one for one in self.opinions if one.message.batch == author]
        others = [one for one in self.opinions if one.message.batch != author]
        return deciding(detector, others + self.in_a_stream, own)

    def on_chatter(self) -> dict[str, list[Decision]]:
        """Ordinary short messages of which the other half was learned."""
        return self.on(self.apart)

    def on_evenings(self) -> dict[str, list[Decision]]:
        """Evenings that neither these models nor their weighing has read."""
        return self.on(streams(WEIGHED))

    def on(self, messages: Sequence[Labelled]) -> dict[str, list[Decision]]:
        """What each detector decides on these, weighed as found on everything that is measured."""
        outer = self.unread(0, messages)
        return {one.name: deciding(one, self.weighing, outer) for one in self.detectors}


def deciding(
    detector: Detector, inner: Sequence[Opinion], outer: Sequence[Opinion]
) -> list[Decision]:
    """A detector, calibrated on ``inner``, deciding on ``outer``."""
    if detector is RULES:
        return [decided(one, detector, NOTHING) for one in outer]
    fusion = calibrated(inner, detector, by_rule=detector is TIER_ONE)
    return [decided(one, detector, fusion) for one in outer]


NOTHING: Any = None
"""The rules alone are not weighed."""
