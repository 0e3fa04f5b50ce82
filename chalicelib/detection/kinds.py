"""What somebody wants of us: a report, a crime report, a question, a tip, a complaint, praise."""

from dataclasses import dataclass

from chalicelib.detection.phrases import Hit
from chalicelib.detection.reading import Reading
from chalicelib.domain.assessment import MatterKind, Urgency


@dataclass(frozen=True, slots=True)
class Matter:
    """The kind with its words."""

    kind: MatterKind
    score: float
    because: str


ORDER: tuple[tuple[str, MatterKind], ...] = (
    ("soort_aangifte", "aangifte"),
    ("soort_klacht", "klacht"),
    ("soort_tip", "tip"),
    ("soort_vraag", "vraag"),
    ("soort_melding", "melding"),
)
"""When several show, the first counts."""

CHATTER = ("fictie", "spel", "sport", "nieuws", "lang_geleden", "grap", "reclame")


def kind_of(reading: Reading, urgency: Urgency) -> Matter:
    """The kind of the message, knowing whether a rule found danger or nuisance in it."""
    praise = found(reading, "soort_compliment")
    if praise and urgency == "geen":
        return matter("compliment", 0.8, reading, praise)
    if urgency == "spoed":
        tip = found(reading, "vermiste_gezien")
        return matter("tip", 0.6, reading, tip) if tip else Matter("melding", 0.9, "Er is spoed.")
    if urgency == "geen" and any(idea in reading.ideas for idea in CHATTER):
        return Matter("overig", 0.6, "Er wordt niets van ons gevraagd.")
    for idea, kind in ORDER:
        hit = found(reading, idea)
        if hit and (kind != "vraag" or is_asked(reading)):
            return matter(kind, 0.6, reading, hit)
    if urgency == "nu":
        return Matter("melding", 0.6, "Er is iets gaande.")
    return Matter("overig", 0.5, "Er wordt niets van ons gevraagd.")


def is_asked(reading: Reading) -> bool:
    """A question mark, or a question put to the police."""
    return "?" in reading.text.shown or "؟" in reading.text.shown


def found(reading: Reading, idea: str) -> Hit | None:
    """The first hit of an idea."""
    hits = reading.ideas.get(idea, ())
    return hits[0] if hits else None


def matter(kind: MatterKind, score: float, reading: Reading, hit: Hit) -> Matter:
    """The kind with the words of the hit as its because."""
    return Matter(kind, score, f'Soort {kind}: "{reading.text.quote(hit.at)}".')
