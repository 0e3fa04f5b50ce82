"""Where something is, as far as a text tells: candidates with their doubt, never a bare guess."""

from dataclasses import dataclass
from typing import Literal

PlaceKind = Literal[
    "pin", "postcode", "street", "station", "landmark", "buurt", "wijk", "place", "gemeente",
    "road",
]  # fmt: skip

SURE_ENOUGH = 0.4
"""Below this confidence a candidate is something to ask about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One place that may be meant. ``mention`` is what was written, ``name`` what maps call it.

    ``lat`` and ``lon`` are degrees, WGS84; it lies within ``radius`` metres of that point, or the
    point is None. ``gemeente`` and ``unit`` are None where they do not follow. ``confidence`` is
    0-1, an order and no measured probability. ``because`` is a short Dutch sentence for a person.
    """

    name: str
    kind: PlaceKind
    mention: str
    gemeente: str | None
    unit: str | None
    lat: float | None
    lon: float | None
    radius: int
    confidence: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """All candidates, likeliest first; ``question`` is what to ask when it is not clear."""

    candidates: tuple[Candidate, ...] = ()
    question: str | None = None

    @property
    def named(self) -> Candidate | None:
        """What is named, though it may have to be asked where that is: a street, a road."""
        first = self.candidates[0] if self.candidates else None
        return first if first and first.confidence >= SURE_ENOUGH else None

    @property
    def best(self) -> Candidate | None:
        """The likeliest candidate when it is clear enough to go by."""
        return None if self.question else self.named


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known around a text: what else was said (nearest last), and where the account is."""

    earlier: tuple[str, ...] = ()
    gemeente: str | None = None
    unit: str | None = None
