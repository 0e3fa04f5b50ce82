"""What a simple program makes of an evening, to compare with."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from math import log, sqrt

from chalicelib.detection.normalise import read
from chalicelib.domain.moments import instant
from chalicelib.incidents.report import Report
from infra.incidents.scores import Groups

WINDOW = timedelta(hours=1)
ALIKE = 0.25
"""The cosine from which two texts are about one thing: what did best on harbour and frost of
0.15, 0.2, 0.25, 0.3, 0.4 and 0.5."""

Vector = dict[str, float]


def by_words(reports: Sequence[Report], texts: Sequence[str], alike: float = ALIKE) -> Groups:
    """TF-IDF cosine with the nearest message of the last hour, counted over the whole evening."""
    vectors = tf_idf(texts)
    found: dict[str, str | None] = {}
    seen: list[tuple[Report, Vector]] = []
    for report, vector in zip(reports, vectors, strict=True):
        at = instant(report.at)
        near = [pair for pair in seen if at - instant(pair[0].at) <= WINDOW]
        best = max(near, key=lambda pair: cosine(vector, pair[1]), default=None)
        joins = best is not None and cosine(vector, best[1]) >= alike
        found[report.message] = found[best[0].message] if best and joins else report.message
        seen.append((report, vector))
    return without_lone(found)


def tf_idf(texts: Sequence[str]) -> list[Vector]:
    """Each text as weighted words, of unit length."""
    counts = [Counter(token.forms[0] for token in read(text).tokens) for text in texts]
    many = Counter(word for one in counts for word in one)
    weighted = [
        {word: n * log((1 + len(texts)) / (1 + many[word])) for word, n in one.items()}
        for one in counts
    ]
    lengths = [sqrt(sum(n * n for n in one.values())) or 1.0 for one in weighted]
    return [
        {word: n / length for word, n in one.items()}
        for one, length in zip(weighted, lengths, strict=True)
    ]


def cosine(one: Vector, other: Vector) -> float:
    return sum(n * other.get(word, 0.0) for word, n in one.items())


def by_slot(reports: Sequence[Report]) -> Groups:
    """Exactly the same topic and gemeente within the same hour; without a gemeente alone."""
    found = {
        one.message: f"{one.topic} {one.gemeente} {one.at[:13]}" if one.gemeente else one.message
        for one in reports
    }
    return without_lone(found)


def without_lone(found: Groups) -> Groups:
    """A group of one is none."""
    sizes = Counter(found.values())
    return {one: name if sizes[name] > 1 else None for one, name in found.items()}
