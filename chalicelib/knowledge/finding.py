"""Which articles fit a question: by the ideas in it, by its words, and by meaning if we can.

Words are weighed as in BM25 (Robertson & Zaragoza, 2009) over words and their pieces, for Dutch
writes words together. Meaning is the encoder's vector; how much nearer an article is than the
others counts, not how near, because the distances differ from model to model.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from chalicelib.detection.normalise import read
from chalicelib.knowledge.articles import Article, articles

Meaning = Callable[[str], Sequence[float]]
"""The meaning of a text as a vector of unit length. Raises ``EncoderAway``."""

PER_IDEA = 2.0
MOST_BY_WORDS = 2.0
MOST_BY_MEANING = 2.0
FULL_MATCH = 12.0
"""So much by words is as good as it gets."""

CLEARLY_NEARER = 3.0
"""An article so many standard deviations nearer than the average is as near as it gets."""

PIECE = 5
K1, B = 1.2, 0.5
LEAST = 0.5
"""An article with less in common is not shown."""


def likeness(text: str, meaning: Meaning | None) -> dict[str, float]:
    """How much each article is like the question, by its id."""
    words, near = by_words(text), by_meaning(text, meaning) if meaning else {}
    return {article.id: words[article.id] + near.get(article.id, 0.0) for article in articles()}


def fitting(ideas: Mapping[str, str], alike: Mapping[str, float]) -> list[tuple[Article, float]]:
    """The articles that fit, the best first; without a word or idea in common none does."""
    points = [
        (each, PER_IDEA * len(each.ideas & ideas.keys()) + alike[each.id]) for each in articles()
    ]
    fits = [(article, fit) for article, fit in points if fit > LEAST]
    return sorted(fits, key=lambda one: (-one[1], one[0].id))


def by_words(text: str) -> dict[str, float]:
    """By BM25, at most ``MOST_BY_WORDS``."""
    weights, average = rarity(), average_length()
    asked = set(pieces(text))
    found: dict[str, float] = {}
    for article in articles():
        held = counted(article)
        length = 1 - B + B * held.total() / average
        each = (
            weights[one] * held[one] * (K1 + 1) / (held[one] + K1 * length)
            for one in asked & held.keys()
        )
        found[article.id] = MOST_BY_WORDS * min(1.0, sum(each) / FULL_MATCH)
    return found


def pieces(text: str) -> list[str]:
    """The words of a text, and the pieces of its long words."""
    words = [token.forms[0] for token in read(text).tokens]
    return [
        *words,
        *(word[at : at + PIECE] for word in words for at in range(len(word) - PIECE + 1)),
    ]


@cache
def counted(article: Article) -> Counter[str]:
    """What stands in an article and in how it is asked for."""
    return Counter(pieces(" . ".join((article.title, *article.asks))))


@cache
def average_length() -> float:
    """Of all articles."""
    return sum(counted(article).total() for article in articles()) / len(articles())


@cache
def rarity() -> dict[str, float]:
    """How telling each piece is: little when many articles hold it."""
    held = Counter(one for article in articles() for one in counted(article))
    return {
        one: math.log(1 + (len(articles()) - n + 0.5) / (n + 0.5)) / (2 if len(one) == PIECE else 1)
        for one, n in held.items()
    }


def by_meaning(text: str, meaning: Meaning) -> dict[str, float]:
    """By how much nearer each is than all together, at most ``MOST_BY_MEANING``."""
    asked = meaning(text)
    near = {name: max(map(dot(asked), vectors)) for name, vectors in meant(meaning).items()}
    middle = sum(near.values()) / len(near)
    spread = math.sqrt(sum((each - middle) ** 2 for each in near.values()) / len(near)) or 1.0
    return {
        name: MOST_BY_MEANING * min(1.0, max(0.0, (each - middle) / spread / CLEARLY_NEARER))
        for name, each in near.items()
    }


@cache
def meant(meaning: Meaning) -> dict[str, list[Sequence[float]]]:
    """What each way of asking for an article means; some seconds, once in a process."""
    return {each.id: [meaning(asked) for asked in (each.title, *each.asks)] for each in articles()}


def dot(one: Sequence[float]) -> Callable[[Sequence[float]], float]:
    """How alike another vector is."""
    return lambda other: sum(a * b for a, b in zip(one, other, strict=True))
