"""What a search brings, as figures: nobody's name, no list of writers.

A *heard* is that a search found a message: when, in what language and tone, about what, in which
words. Sums of these are kept by hour and by day, counted again and never added to. A count's name
is a path, as in ``figures.py``: ``volume``, ``lang/nl``, ``word/rook`` (so many writers of that
hour used it), ``minute/20:41``.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chalicelib.domain.figures import Counts
from chalicelib.domain.moments import Moment
from chalicelib.domain.sketch import EMPTY, Mark, Sketch, sketched, together

CUTS = ("channel", "lang", "topic", "tone", "urgency")
MOST_WORDS, MOST_LINKS = 150, 30
"""Of the words and links of one hour or day, the commonest are kept."""

LEAST_WRITERS = 3
"""A word of fewer is shown to nobody: it may be somebody's own."""

SURE = 15.14
"""Log-likelihood ratio above which a rise is no chance: p < 0.0001, one degree of freedom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """That a search found a message. ``mark`` is all that is kept of its writer."""

    search: str
    message: str
    message_sk: str
    subject: str
    at: Moment
    mark: Mark
    channel: str
    lang: str
    topic: str
    tone: str
    urgency: str
    words: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    media: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSum:
    """What came in an hour or on a day."""

    counts: dict[str, int]
    sketch: Sketch = EMPTY


@dataclass(frozen=True, slots=True)
class Rising:
    """A word that more use than before: so many now, so many were usual in as long a time."""

    word: str
    now: int
    usual: float
    ratio: float


def summed(heard: Iterable[Heard]) -> FeedSum:
    """The sums of one hour."""
    every = list(heard)
    counts: Counts = Counter()
    for one in every:
        counts["volume"] += 1
        counts["media"] += one.media
        counts[f"minute/{one.at[11:16]}"] += 1
        counts.update(f"{cut}/{getattr(one, cut)}" for cut in CUTS)
        counts.update(f"link/{link}" for link in one.links)
    writers = {(one.mark, word) for one in every for word in one.words}
    counts.update(f"word/{word}" for _, word in writers)
    return FeedSum(counts=shortened(+counts), sketch=sketched(one.mark for one in every))


def added(sums: Iterable[FeedSum]) -> FeedSum:
    """Hours, or days, as one."""
    every = list(sums)
    counts: Counts = Counter()
    for one in every:
        counts.update(one.counts)
    sketch = together(one.sketch for one in every)
    return FeedSum(counts=shortened(counts), sketch=sketch)


def day_of_hours(hours: Mapping[str, FeedSum]) -> FeedSum:
    """A day: its hours (``2026-11-22T20``) take the place of minutes."""
    whole = added(hours.values())
    counts = {name: n for name, n in whole.counts.items() if not name.startswith("minute/")}
    by_hour = {f"hour/{hour[11:13]}": one.counts.get("volume", 0) for hour, one in hours.items()}
    return FeedSum(counts=counts | by_hour, sketch=whole.sketch)


def shortened(counts: Counts) -> dict[str, int]:
    """Without the words and links that hardly anybody used."""
    kept = dict(counts)
    for kind, most in (("word/", MOST_WORDS), ("link/", MOST_LINKS)):
        names = sorted((n for n in kept if n.startswith(kind)), key=lambda n: (-kept[n], n))
        for name in names[most:]:
            del kept[name]
    return kept


def cut(counts: Mapping[str, int], name: str) -> dict[str, int]:
    """One dimension, the most first."""
    found = {path.partition("/")[2]: n for path, n in counts.items() if path.startswith(f"{name}/")}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def rising(now: FeedSum, before: FeedSum) -> list[Rising]:
    """Words that a larger share of what was written uses than before, surely; the surest first.

    Dunning's log-likelihood ratio (1993): words now and before, against all that was written.
    """
    written, earlier = now.counts.get("volume", 0), before.counts.get("volume", 0)
    if not written or not earlier:
        return []
    words, known = cut(now.counts, "word"), cut(before.counts, "word")
    found = [
        Rising(word, n, known.get(word, 0) * written / earlier, ratio)
        for word, n in words.items()
        if n >= LEAST_WRITERS
        and n * earlier > known.get(word, 0) * written
        and (ratio := likelihood(n, written, known.get(word, 0), earlier)) > SURE
    ]
    return sorted(found, key=lambda one: (-one.ratio, one.word))


def likelihood(a: int, of_a: int, b: int, of_b: int) -> float:
    """G²: how much better two chances tell ``a`` of ``of_a`` and ``b`` of ``of_b`` than one."""
    share = (a + b) / (of_a + of_b)
    pairs = ((a, of_a * share), (b, of_b * share))
    rest = ((of_a - a, of_a * (1 - share)), (of_b - b, of_b * (1 - share)))
    return 2 * sum(n * math.log(n / expected) for n, expected in (*pairs, *rest) if n > 0)
