"""What detection says about one message: findings, each with its because.

Detection raises, explains and warns. It never hides, closes or dispatches: a person decides.
"""

from dataclasses import dataclass
from typing import Literal

Urgency = Literal["spoed", "nu", "later", "geen"]
URGENCIES: tuple[Urgency, ...] = ("spoed", "nu", "later", "geen")
"""From most to least urgent."""

UNSURE = "unsure"
"""The finding that asks for a person's look."""

MatterKind = Literal["melding", "aangifte", "vraag", "tip", "klacht", "compliment", "overig"]

Topic = Literal[
    "fysiek_geweld", "wapen", "inbraak", "diefstal", "overval", "brand", "verkeersongeval",
    "verkeersoverlast", "vermissing", "huiselijk_geweld", "zelfdoding", "bedreiging", "zeden",
    "fraude_online", "drugs", "overlast_jeugd", "geluidsoverlast", "vuurwerk", "vernieling",
    "verdachte_situatie", "dier", "evenement_orde", "gevonden_verloren", "burenruzie",
    "discriminatie", "vragen_algemeen", "aangifte_status", "vacature", "vergunning", "anders",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing noticed. ``score`` is 0-1; ``because`` is a short Dutch sentence for a person."""

    name: str
    value: str
    score: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """All findings on one message and what follows from them.

    ``lang`` is an ISO 639-1 code or ``und``. ``places`` are place names as written.
    ``version`` names the rules or model, so that every decision can be traced and redone.
    At least one finding is present, for harmless messages too. ``redo``: part of detection was away
    when this was said, and the message is to be assessed again. ``meaning`` is the encoder's vector
    in bytes, as base64 text: to compare messages by, and not kept with them.
    """

    emergency: bool
    urgency: Urgency
    kind: MatterKind
    topic: Topic
    lang: str
    findings: tuple[Finding, ...]
    version: str
    places: tuple[str, ...] = ()
    redo: bool = False
    meaning: str = ""

    @property
    def doubted(self) -> bool:
        """Whether detection asks for a person's look."""
        return any(finding.name == UNSURE for finding in self.findings)

    @property
    def attention(self) -> Urgency:
        """How soon a person looks: what is doubted waits no longer than what is for now."""
        return more_urgent(self.urgency, "nu" if self.doubted else "geen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known around a message when it is assessed. ``earlier`` is oldest first.

    ``quoted`` is what it answers or passes on, by whomever; ``media`` what hangs on it.
    """

    channel: str
    earlier: tuple[str, ...] = ()
    quoted: str = ""
    media: str = ""


def more_urgent(one: Urgency, other: Urgency) -> Urgency:
    """The more urgent of the two: urgency is only ever raised by detection."""
    return min(one, other, key=URGENCIES.index)
