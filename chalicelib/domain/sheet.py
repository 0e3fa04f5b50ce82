"""Counts laid out for reading: by figure and dimension, and each duration with its buckets.

A page asks for dozens of figures of the same sums; they are looked through once.
"""

from collections.abc import Mapping, Sequence

from chalicelib.domain.figures import Dimension
from chalicelib.domain.spread import middle_of, percentile


class Sheet:
    """The figures in a sum of counts, whole ones or means."""

    def __init__(self, counts: Mapping[str, float]) -> None:
        self._whole: dict[str, float] = {}
        self._parts: dict[str, dict[str, float]] = {}
        self._spreads: dict[str, dict[int, float]] = {}
        for path, count in counts.items():
            self._lay(path, count)

    def _lay(self, path: str, count: float) -> None:
        if "@" in path:
            return
        name, spread, bucket = path.partition("~")
        if spread:
            self._spreads.setdefault(name, {})[int(bucket)] = count
            return
        head, _, value = name.rpartition("/")
        if head:
            self._parts.setdefault(head, {})[value] = count
        else:
            self._whole[name] = count

    def __getitem__(self, name: str) -> float:
        return self._whole.get(name, 0)

    def of(self, name: str, dimension: Dimension, value: str) -> float:
        """A figure of one team, or of one channel."""
        return self._parts.get(f"{name}/{dimension}", {}).get(value, 0)

    def by(self, name: str, dimension: Dimension) -> dict[str, float]:
        """A figure by the values of a dimension, the largest first."""
        found = self._parts.get(f"{name}/{dimension}", {})
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    def took(self, path: str, share: float) -> float | None:
        """A percentile of a duration in milliseconds (0.5 is the median); None: nothing measured.

        ``path`` is its name, or with a part: ``first_answer/channel/whatsapp``.
        """
        return percentile(self._spreads.get(path, {}), share)

    def within(self, path: str, edges: Sequence[int]) -> list[float]:
        """How many took at most so many milliseconds, more than the edge before; last the rest."""
        found = [0.0] * (len(edges) + 1)
        for bucket, count in self._spreads.get(path, {}).items():
            took = middle_of(bucket)
            found[sum(edge < took for edge in edges)] += count
        return found

    def mean(self, path: str) -> float | None:
        """The mean of a duration in milliseconds; None: nothing was measured."""
        spread = self._spreads.get(path, {})
        total = sum(spread.values())
        return (
            sum(middle_of(one) * count for one, count in spread.items()) / total if total else None
        )

    def durations(self) -> list[str]:
        """The path of every duration that was measured."""
        return sorted(self._spreads)

    @property
    def level(self) -> float | None:
        """The share of what waited that was answered within its deadline."""
        answered = self["answered"]
        return self["in_time"] / answered if answered else None
