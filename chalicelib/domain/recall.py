"""How many of the emergencies detection raised: an estimate from two blind samples, with its range.

Of what was raised some is judged, to learn how much of it was an emergency; of what was not raised
likewise, to learn how much was missed. What nobody judged is only estimated:

    found  = confirmed + (raised - judged of these) x share confirmed
    missed = missed    + (low    - judged of these) x share missed
    recall = found / (found + missed)
"""

from dataclasses import dataclass, fields

Z = 2.2414
"""Two-sided 97.5 %. Two shares that are each within their range with that certainty are so together
with at least 95 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many messages there were, how many of these were judged, and how many emergencies."""

    raised: int = 0
    low: int = 0
    judged_raised: int = 0
    confirmed: int = 0
    judged_low: int = 0
    missed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        names = [field.name for field in fields(Tally)]
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """The share that was raised. ``estimate`` is None while too little is known to say one."""

    estimate: float | None
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Number:
    """A number of messages that is partly estimated."""

    likely: float
    least: float
    most: float


def recall(tally: Tally) -> Recall:
    """The estimate with its range of at least 95 %."""
    found = extrapolated(tally.confirmed, tally.judged_raised, tally.raised)
    missed = extrapolated(tally.missed, tally.judged_low, tally.low)
    unknown = (tally.raised and not tally.judged_raised) or (tally.low and not tally.judged_low)
    return Recall(
        estimate=None if unknown else share(found.likely, missed.likely),
        least=share(found.least, missed.most) or 0.0,
        most=1.0 if missed.least == 0 else share(found.most, missed.least) or 0.0,
    )


def extrapolated(hits: int, judged: int, there: int) -> Number:
    """What was judged is known; only the rest is estimated."""
    least, most = wilson(hits, judged)
    rest = max(0, there - judged)
    likely = hits / judged if judged else 0.0
    return Number(hits + rest * likely, hits + rest * least, hits + rest * most)


def share(found: float, missed: float) -> float | None:
    """None where there was no emergency at all."""
    return found / (found + missed) if found + missed else None


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Wilson's interval for a share; everything is possible when nothing was judged."""
    if not of:
        return 0.0, 1.0
    p, zz = hits / of, Z * Z
    middle = p + zz / (2 * of)
    around = Z * (p * (1 - p) / of + zz / (4 * of * of)) ** 0.5
    width = 1 + zz / of
    least = (middle - around) / width if hits else 0.0
    most = (middle + around) / width if hits < of else 1.0
    return max(0.0, least), min(1.0, most)
