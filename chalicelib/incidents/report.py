"""What matching knows of one message: a report. Small, since it is kept beside the message."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from chalicelib.detection.locating.folding import fold
from chalicelib.domain.assessment import Assessment, MatterKind, Topic, Urgency
from chalicelib.domain.moments import Moment
from chalicelib.domain.whereabouts import Candidate, PlaceKind, Whereabouts
from chalicelib.incidents.lens import event_in
from chalicelib.incidents.wording import content_words

FINE: frozenset[PlaceKind] = frozenset(
    {"pin", "postcode", "street", "station", "landmark", "buurt", "wijk"}
)
"""Places smaller than a town: two of them in one town are two places."""

LINK = re.compile(
    r"https?://\S{4,500}|\bwww\.\S{4,500}|\b[\w-]{2,60}(?:\.[\w-]{2,60}){1,4}/[\w%./?=&-]{1,300}"
)
TAG = re.compile(r"#(\w{3,50})")
LINK_END = ".,!?;:)]'\"…"
OLD = re.compile(
    r"\b(?:vorig jaar|vorige jaar|jaar geleden|jaren geleden|oude? (?:filmpje|beeld|foto|video)"
    r"|van (?:19|20)\d\d|uit (?:19|20)\d\d|last year|letztes jahr)",
    re.IGNORECASE,
)
"""Said of a video that goes round again."""

ANOTHER = re.compile(
    r"\b(?:nu [oó]{2}k|n[oó]g een|tweede|derde|twee (?:branden|explosies|ongelukken)|alweer een"
    r"|dezelfde (?:ploeg|daders?) als|net (?:als )?in [A-Z]|ook al in|hier ook|ook (?:een )?brand)",
    re.IGNORECASE,
)
"""Said of what comes on top of something else."""

REFERS = re.compile(
    r"\b(?:wat is er (?:toch |nou |dan )?(?:aan de hand|gebeurd|gaande|loos|gebeurt)"
    r"|(?:al|iets|meer|verder) (?:nieuws|bekend|duidelijk)|nog (?:bezig|gaande|aan de gang)"
    r"|onder controle|weet (?:iemand|u|je|jij|jullie) (?:al |misschien )?(?:wat|waarom|hoe|of)"
    r"|van (?:vanavond|vanmiddag|vannacht|vanochtend|gisteravond|zojuist|net)"
    r"|(?:de|die|het|dat|deze|dit) \w{0,14}(?:brand|ongeluk|ongeval|overval|storing|knal|explosie"
    r"|ontploffing|partij|mars|protest|demonstratie|aanrijding|botsing|inbraak|aanval|ramp|actie"
    r"|vermissing|incident)|what(?:'s| is| has)? (?:happened|happening|going on)|any news)\b",
    re.IGNORECASE,
)
"""Asks about an event, or speaks of it as of something that others know of, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place that a report may mean. ``name`` is folded; metres; degrees, WGS84."""

    name: str
    kind: PlaceKind
    gemeente: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius: int = 0

    @property
    def fine(self) -> bool:
        """Whether it is smaller than a town."""
        return self.kind in FINE

    @property
    def road(self) -> str | None:
        """The number of the road, of whatever place along it."""
        return self.name.split()[0] if self.kind == "road" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One message as matching reads it.

    ``spots``: the places that it is about, or, where ``unsure``, that it may be about. ``words``
    are stems that carry meaning. ``meaning`` is what the encoder says of the event (``lens``),
    packed; empty without it. ``links``, ``tags``, ``media`` and ``quotes`` are digests of what it
    shares, the hashtags, the bytes of its files, and what it answers. ``old``: it speaks of
    earlier years; ``another``: of one more event; ``refers``: of one that others know of, too.
    """

    message: str
    subject: str
    reporter: str
    at: Moment
    topic: Topic
    kind: MatterKind
    urgency: Urgency
    emergency: bool = False
    spots: tuple[Spot, ...] = ()
    unsure: bool = False
    words: tuple[str, ...] = ()
    meaning: str = ""
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    old: bool = False
    another: bool = False
    refers: bool = False

    @property
    def gemeente(self) -> str | None:
        """Where it is, when that is clear."""
        return None if self.unsure else next((s.gemeente for s in self.spots if s.gemeente), None)


def report_of(
    text: str,
    assessment: Assessment,
    where: Whereabouts,
    *,
    message: str,
    subject: str,
    reporter: str,
    at: Moment,
    media: tuple[str, ...] = (),
    quotes: tuple[str, ...] = (),
) -> Report:
    """The report in a message."""
    spots = spots_of(where)
    mentions = [candidate.mention for candidate in where.candidates]
    return Report(
        message=message,
        subject=subject,
        reporter=reporter,
        at=at,
        topic=assessment.topic,
        kind=assessment.kind,
        urgency=assessment.urgency,
        emergency=assessment.emergency,
        spots=spots,
        unsure=where.best is None,
        words=content_words(text, without=mentions),
        meaning=event_in(assessment.meaning),
        links=tuple(sorted({short(link.rstrip(LINK_END)) for link in LINK.findall(text)})),
        tags=tags_in(text, spots),
        media=media,
        quotes=quotes,
        old=bool(OLD.search(text)),
        another=bool(ANOTHER.search(text)),
        refers=bool(REFERS.search(text)),
    )


def spots_of(where: Whereabouts) -> tuple[Spot, ...]:
    """The likeliest places: within one gemeente when it is clear, of several when it is not."""
    best = where.best
    if best is None:
        return tuple(unique(to_spot(one) for one in where.candidates[:4]))
    within = [c for c in where.candidates if c.gemeente in (best.gemeente, None)]
    return tuple(unique(to_spot(one) for one in within[:4]))


def to_spot(found: Candidate) -> Spot:
    return Spot(
        name=fold(found.name),
        kind=found.kind,
        gemeente=found.gemeente,
        lat=found.lat,
        lon=found.lon,
        radius=found.radius,
    )


def unique(spots: Iterable[Spot]) -> Iterable[Spot]:
    """Each place once."""
    return dict.fromkeys(spots)


def tags_in(text: str, spots: tuple[Spot, ...]) -> tuple[str, ...]:
    """Hashtags that are no place."""
    places = {spot.name.replace(" ", "") for spot in spots}
    return tuple(sorted({tag.casefold() for tag in TAG.findall(text)} - places))


def short(text: str) -> str:
    """Ten hex digits that stand for a link."""
    bare = text.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return sha256(bare.rstrip("/").encode()).hexdigest()[:10]


def worth_opening(report: Report) -> bool:
    """Whether others may be about the same: not what concerns one citizen, or nothing at all.

    Nor thanks: two who thank us for yesterday tell of no event, and none of 371 recorded incidents
    began with it.
    """
    if (report.topic in OWN_MATTERS or report.kind == "compliment") and not report.emergency:
        return False
    return report.urgency != "geen" or bool(report.words or report.spots)


OWN_MATTERS: frozenset[Topic] = frozenset(
    {"vragen_algemeen", "aangifte_status", "vacature", "vergunning"}
)
"""Topics of what concerns one citizen alone."""
