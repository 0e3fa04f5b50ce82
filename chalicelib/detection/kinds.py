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


PUBLIC = frozenset({"x", "facebook", "instagram", "youtube", "reddit", "mastodon", "bluesky"})
"""Where people mostly talk to each other. Elsewhere who writes, writes to us."""

CHATTER = ("fictie", "spel", "sport", "nieuws", "lang_geleden", "grap", "reclame", "vrolijk")
ADDRESSED = "aanspraak"
FEWEST_WORDS = 4

ORDER: tuple[tuple[str, MatterKind], ...] = (
    ("soort_aangifte", "aangifte"),
    ("soort_klacht", "klacht"),
    ("soort_tip", "tip"),
    ("soort_vraag", "vraag"),
    ("soort_melding", "melding"),
)
"""When several show, the first counts."""


def kind_of(reading: Reading, urgency: Urgency, channel: str) -> Matter:
    """The kind of the message, knowing whether a rule found danger or nuisance in it."""
    if urgency == "spoed":
        tip = found(reading, "vermiste_gezien")
        return matter("tip", 0.6, reading, tip) if tip else Matter("melding", 0.9, "Er is spoed.")
    praise = found(reading, "soort_compliment")
    if praise and urgency == "geen":
        return matter("compliment", 0.8, reading, praise)
    if urgency == "geen" and is_chatter(reading, channel):
        return Matter("overig", 0.6, "Er wordt niets van ons gevraagd.")
    return asked_for(reading, channel) or assumed(reading, urgency, channel)


def asked_for(reading: Reading, channel: str) -> Matter | None:
    """What the words themselves ask for; None when they ask for nothing."""
    for idea, kind in ORDER:
        hit = found(reading, idea)
        if hit and (kind != "vraag" or is_asked(reading, channel)):
            return matter(kind, 0.6, reading, hit)
    return None


def assumed(reading: Reading, urgency: Urgency, channel: str) -> Matter:
    """What is likely when nothing is asked for in so many words."""
    if urgency == "nu":
        return Matter("melding", 0.6, "Er is iets gaande.")
    if found(reading, ADDRESSED) or is_about_something(reading, channel):
        return Matter("melding", 0.4, "Aan ons gericht en over ons werk.")
    return Matter("overig", 0.5, "Er wordt niets van ons gevraagd.")


def is_chatter(reading: Reading, channel: str) -> bool:
    """Whether people talk among themselves: told by its words, unless it is addressed to us."""
    if channel not in PUBLIC and found(reading, ADDRESSED):
        return found(reading, "fictie") is not None or found(reading, "grap") is not None
    return any(idea in reading.ideas for idea in CHATTER)


def is_asked(reading: Reading, channel: str) -> bool:
    """Whether it asks: by a question mark, or by question words written to us directly."""
    marked = "?" in reading.text.shown or "؟" in reading.text.shown
    return marked or (channel not in PUBLIC and found(reading, "vraag_aan_ons") is not None)


def is_about_something(reading: Reading, channel: str) -> bool:
    """Whether a message to us is about something that is our work."""
    if channel in PUBLIC or len(reading.text.tokens) < FEWEST_WORDS:
        return False
    return any(idea.startswith("over_") for idea in reading.ideas)


def found(reading: Reading, idea: str) -> Hit | None:
    """The first hit of an idea."""
    hits = reading.ideas.get(idea, ())
    return hits[0] if hits else None


def matter(kind: MatterKind, score: float, reading: Reading, hit: Hit) -> Matter:
    """The kind with the words of the hit as its because."""
    return Matter(kind, score, f'Soort {kind}: "{reading.text.quote(hit.at)}".')
