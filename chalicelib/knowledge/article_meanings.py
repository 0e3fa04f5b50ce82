"""What our articles mean: a packed vector for each way of asking, made once for this encoder.

``python -m infra.learn_meanings`` makes the file again when the encoder or an article changes; an
article that is not in it, or was asked for in other words, is found by its words alone.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from chalicelib.detection.meaning import alike, packed
from chalicelib.detection.reading import reading_of
from chalicelib.knowledge.articles import Article, articles
from chalicelib.knowledge.doors import DoorCode
from chalicelib.knowledge.finding import Meaning
from chalicelib.knowledge.ideas import ideas_in
from chalicelib.knowledge.learned import PROBE, by_meaning, fits_encoder
from chalicelib.knowledge.suggesting import Asked, Candidate

FILE = "article_meanings.json"
PER_IDEA, PER_DOOR = 0.5, 3.0
"""Points for an idea in common, and for a door that is certain."""

SAME = 0.99
"""So much alike are two packed vectors of one sentence by one encoder."""

LONGEST = 4_000
"""Of a message no more is read."""


@cache
def meanings() -> dict[str, str]:
    """A text to its packed vector."""
    text = (files("chalicelib.knowledge") / FILE).read_text("utf-8")
    found: dict[str, str] = json.loads(text)
    return found


def ways(article: Article) -> tuple[str, ...]:
    """All ways of asking, the title first."""
    return (article.title, *article.asks)


@cache
def packaged() -> tuple[Candidate, ...]:
    """Our articles, as they can be suggested."""
    return tuple(as_candidate(one) for one in articles())


def asked(text: str, meaning: Meaning | None) -> Asked:
    """A citizen's message, with what its ideas and its likely doors say of our articles.

    Vectors of another encoder than our articles were read with are left aside.
    """
    text = text.encode(errors="ignore").decode()[:LONGEST]
    reading = reading_of(text)
    ideas = ideas_in(reading.text, reading.spoken.present)
    vector = meaning(text) if meaning and same_encoder(meaning) else ()
    doors = likely_doors(vector) if vector and meaning and fits_encoder(meaning(PROBE)) else {}
    hints = {
        one.id: PER_IDEA * len(one.ideas & ideas.keys()) + PER_DOOR * doors.get(one.door, 0.0)
        for one in articles()
    }
    return Asked(text=text, meaning=packed(vector) if vector else "", hints=hints)


def likely_doors(vector: Sequence[float]) -> dict[DoorCode, float]:
    """What its meaning says of each door, from 0 to 1."""
    return {door: min(1.0, max(0.0, score)) for door, score in by_meaning(vector).items()}


def same_encoder(meaning: Meaning) -> bool:
    """Whether this is the encoder that our articles were read with."""
    return alike(packed(meaning(PROBE)), meanings()[PROBE]) >= SAME


def as_candidate(article: Article) -> Candidate:
    known = meanings()
    vectors = tuple(known.get(way, "") for way in ways(article))
    return Candidate(
        id=article.id,
        source="article",
        title=article.title,
        text=article.text,
        asked=article.asks,
        meanings=vectors if all(vectors) else (),
    )
