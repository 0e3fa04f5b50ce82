"""What the service itself says of a labelled message, as a decision that can be measured."""

from dataclasses import replace
from functools import cache

from chalicelib.detection import Tier, classifier
from chalicelib.detection.encoder import Encoder
from chalicelib.detection.stack import Classify
from chalicelib.domain.message import Message
from infra.encoder.command import FOLDER
from infra.training.corpus import Labelled
from infra.training.opinions import Decision

TIERS: dict[str, Tier] = {"rules": "rules", "tier one": "model", "full": "full"}


@cache
def detection(tier: str) -> Classify:
    """As ``python -m infra detect`` has it."""
    name = TIERS[tier]
    return classifier(name, Encoder(FOLDER) if name == "full" else None)


def said(one: Labelled, tier: str) -> Decision:
    """The decision of a tier on one message."""
    found = decision(one, detection(tier))
    return replace(found, chance=float(found.emergency)) if tier == "rules" else found


def decision(one: Labelled, classify: Classify) -> Decision:
    """The decision on one message, with the chance that its findings tell."""
    message = Message(external_id="-", author_id=None, text=one.text, kind="text", timestamp=None)
    assessment = classify(message, one.context)
    findings = {(each.name, each.value): each.score for each in assessment.findings}
    chance = findings.get(("model", "spoed"))
    if chance is None:
        calm = findings.get(("model", "geen_spoed"))
        chance = 1 - calm if calm is not None else findings.get(("unsure", "mens"), 0.0)
    return Decision(
        one,
        chance,
        assessment.urgency,
        assessment.kind,
        assessment.topic,
        assessment.lang,
        doubted=any(each.name == "unsure" for each in assessment.findings),
    )
