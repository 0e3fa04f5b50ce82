"""Training on some authors, deciding on another: the only measurement that means anything here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalicelib.detection.fusing import Fusion
from infra.training import augment
from infra.training.calibrating import ALL, DEAF, calibrated
from infra.training.corpus import Labelled, chatter
from infra.training.extracting import UNREAD, Extract, extracted
from infra.training.fitting import Fitted, fit, matrix_of
from infra.training.opinions import Decision, Opinion, by_fusion, by_linear, by_rules, opinions

Say = Callable[[str], None]
DETECTORS: dict[str, tuple[Callable[[Opinion, Fusion], Decision], tuple[float, ...]]] = {
    "rules": (by_rules, ALL),
    "linear": (by_linear, DEAF),
    "fusion": (by_fusion, ALL),
}


@dataclass
class Study:
    """All batches with their extracts, and the models that were fitted on parts of them."""

    batches: dict[str, list[Labelled]]
    say: Say
    words: str = UNREAD
    chatter: list[Labelled] = field(default_factory=chatter)
    extracts: dict[str, Extract] = field(default_factory=dict)
    models: dict[tuple[str, ...], Fitted] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read every message and its copy with typing errors once."""
        self.trained_on, self.apart = self.chatter[::2], self.chatter[1::2]
        each = [one for batch in self.batches.values() for one in batch]
        each += self.chatter
        each += [augment.typed(one) for one in each]
        self.say(f"reading {len(each)} messages and copies")
        found = extracted([(one.text, one.channel) for one in each], self.words)
        self.extracts = {one.id: extract for one, extract in zip(each, found, strict=True)}

    def matrix(self, messages: Sequence[Labelled]) -> Any:
        """What the model sees of these."""
        return matrix_of([self.extracts[one.id] for one in messages])

    def model(self, names: Iterable[str], without: str = "") -> Fitted:
        """The model of these batches, without one topic if so wanted."""
        key = (*sorted(names), without)
        if key not in self.models:
            self.say(f"fitting on {' '.join(key)}")
            each = [
                one
                for name in key[:-1]
                for one in self.batches[name]
                if one.labels["topic"] != without
            ]
            each += self.trained_on
            each += [augment.typed(one) for one in each]
            self.models[key] = fit(each, self.matrix(each))
        return self.models[key]

    def opinions(self, fitted: Fitted, messages: Sequence[Labelled]) -> list[Opinion]:
        """What a model says of messages of the corpus."""
        seen = [self.extracts[one.id] for one in messages]
        return opinions(messages, seen, fitted, self.matrix(messages))

    def unread(self, names: Sequence[str]) -> list[Opinion]:
        """Of each batch, what a model says that was fitted on the others of ``names``."""
        return [
            opinion
            for name in names
            for opinion in self.opinions(
                self.model(other for other in names if other != name), self.batches[name]
            )
        ]

    def decisions(self, name: str) -> dict[str, list[Decision]]:
        """What each detector decides on a batch that nothing was fitted or calibrated on."""
        others = [other for other in self.batches if other != name]
        inner = self.unread(others)
        outer = self.opinions(self.model(others), self.batches[name])
        return decided(outer, inner)

    def on_chatter(self) -> dict[str, list[Decision]]:
        """Ordinary short messages of which the other half was trained on."""
        names = list(self.batches)
        outer = self.opinions(self.model(names), self.apart)
        return decided(outer, self.unread(names))

    def on_topic(self, topic: str) -> dict[str, list[Decision]]:
        """The same for a topic that was in no training data."""
        apart = [
            one for each in self.batches.values() for one in each if one.labels["topic"] == topic
        ]
        model = self.model(self.batches, without=topic)
        inner = [
            one for one in self.unread(list(self.batches)) if one.message.labels["topic"] != topic
        ]
        return decided(self.opinions(model, apart), inner)


def decided(outer: Sequence[Opinion], inner: Sequence[Opinion]) -> dict[str, list[Decision]]:
    """Each detector, calibrated on ``inner``, deciding on ``outer``."""
    found = {}
    for detector, (decide, voices) in DETECTORS.items():
        fusion = calibrated(inner, voices)
        found[detector] = [decide(one, fusion) for one in outer]
    return found
