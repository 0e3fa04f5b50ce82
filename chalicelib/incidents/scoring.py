"""How likely it is that a report is about an incident: a weighted sum, with the weights as data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from chalicelib.incidents.likeness import Likeness

WEIGHTS = "weights.toml"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the sum and what the cross-encoder reads are weighed together, both in log-odds.

    Only sums between ``above`` and ``below`` are in doubt; the ``most`` highest of those are read.
    """

    above: float
    below: float
    most: int
    base: float
    score: float
    read: float

    def doubts(self, score: float) -> bool:
        """Whether this sum alone does not settle it."""
        return self.above < score < self.below

    def together(self, score: float, read: float) -> float:
        """The sum once it was read."""
        return self.base + self.score * score + self.read * read


UNREAD = Reading(above=0.0, below=0.0, most=0, base=0.0, score=1.0, read=0.0)
"""Nothing is in doubt."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each likeness counts for, and from which sum on a report joins.

    ``join``: a report joins an incident. ``gather``: one that stood alone is taken in later.
    ``reading``: how both are weighed where it is read what the others wrote.
    """

    base: float
    each: Mapping[str, float]
    join: float
    gather: float
    reading: Reading = UNREAD

    def score(self, likeness: Likeness) -> float:
        """Log-odds that it is about this incident."""
        return self.base + sum(self.each.get(name, 0.0) * n for name, n in likeness.items())


@cache
def weights() -> Weights:
    """As fitted; ``python -m infra incidents fit`` writes them."""
    found = tomllib.loads((files("chalicelib.incidents") / WEIGHTS).read_text("utf-8"))
    return Weights(
        base=found["base"],
        each=found["likeness"],
        join=found["from"]["join"],
        gather=found["from"]["gather"],
        reading=Reading(**found["reading"]),
    )
