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
    def best(self) -> Candidate | None:
        """The likeliest candidate when it is clear enough to go by."""
        if self.question or not self.candidates:
            return None
        first = self.candidates[0]
        return first if first.confidence >= SURE_ENOUGH else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known around a text: what was said before (oldest first), and where the account is.

    ``pin`` is a point that the citizen shared: latitude and longitude.
    """

    earlier: tuple[str, ...] = ()
    gemeente: str | None = None
    unit: str | None = None
    pin: tuple[float, float] | None = None
