"""How likely it is that a report is about an incident: a weighted sum, with the weights as data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from chalicelib.incidents.likeness import Likeness

WEIGHTS = "weights.toml"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each likeness counts for, and from which sum on a report joins.

    ``join``: a report joins an incident. ``gather``: one that stood alone is taken in later.
    """

    base: float
    each: Mapping[str, float]
    join: float
    gather: float

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
    )
