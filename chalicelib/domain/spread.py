"""How long things took, kept so that many minutes can be added up: counts in buckets that widen.

Each bucket ends 5 % above the one before, so that a percentile is at most 2.5 % off, whether it is
told in milliseconds or in days. Adding two spreads adds their counts: nothing is averaged twice.
"""

import math
from collections.abc import Mapping

WIDENS = 1.05
_LOG = math.log(WIDENS)

Spread = Mapping[int, float]
"""How many fell in each bucket."""


def bucket_of(milliseconds: int) -> int:
    """The bucket of a duration; what is no time at all is in the first."""
    return 0 if milliseconds < 1 else 1 + math.floor(math.log(milliseconds) / _LOG)


def middle_of(bucket: int) -> float:
    """The duration that a bucket stands for, in milliseconds."""
    return 0.0 if bucket < 1 else WIDENS ** (bucket - 0.5)


def percentile(spread: Spread, share: float) -> float | None:
    """The duration that this share stayed within (0.5 is the median). None: nothing was counted."""
    total = sum(spread.values())
    if not total:
        return None
    wanted, passed = share * total, 0.0
    for bucket in sorted(spread):
        passed += spread[bucket]
        if passed >= wanted:
            break
    return middle_of(bucket)
