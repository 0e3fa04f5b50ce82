"""Detection that says what a test wants, so that a test is about what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from chalicelib import wiring
from chalicelib.detection import classify
from chalicelib.domain.assessment import Assessment, Context, Finding, Urgency
from chalicelib.domain.message import Message
from tests.conftest import NobodySignsIn, Town

Classify = Callable[[Message, Context], Assessment]


@dataclass
class Scripted:
    """``urgent`` words make an emergency; ``away``: a part is missing and hears none of them."""

    urgent: tuple[str, ...] = ("brand",)
    doubted: tuple[str, ...] = ()
    away: bool = False
    heard: list[Context] = field(default_factory=list)

    def __call__(self, message: Message, context: Context) -> Assessment:
        self.heard.append(context)
        emergency = not self.away and any(word in message.text for word in self.urgent)
        unsure = any(word in message.text for word in self.doubted)
        name, score = ("unsure", 0.4) if unsure else ("model", 0.9)
        value = "spoed" if emergency else "geen_spoed"
        urgency: Urgency = "spoed" if emergency else "later"
        return replace(
            classify(message, context),
            emergency=emergency,
            urgency=urgency,
            findings=(Finding(name=name, value=value, score=score, because="Om te testen."),),
            version="test-1",
            redo=self.away,
        )


def detected_by(town: Town, classify_: Classify) -> None:
    """From now on this is the town's detection."""
    town.services = replace(town.services, classify=classify_)
    wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
