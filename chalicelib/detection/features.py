"""What the linear model looks at: words, pieces of words, and signs, each as a bucket number.

Training and service share this file, so they cannot disagree. A feature keeps the places of the
words that it comes from: that is how a decision is brought back to the words of a message.
Capitals, accents and invisible characters are gone already (``normalise``), and no feature looks
at them, nor at line ends.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from zlib import crc32

from chalicelib.detection.normalise import FULL_STOP
from chalicelib.detection.reading import Reading

BUCKETS = 1 << 15
FAMILIES = ("words", "pieces", "signs")
SHORTEST, LONGEST = 3, 5
"""Lengths of the pieces, with the edges of the word as a letter."""

MARKS = re.compile(r"[!?]{1,2}|\.\.|[\u2600-\u27bf\U0001f300-\U0001faff]")
SHAPES = {
    "vraag_aan_eind": re.compile(r"\?\s*\Z"),
    "vraagteken": re.compile(r"\?"),
    "hekje": re.compile(r"#"),
    "emoji": re.compile(r"[\U0001f300-\U0001faff]"),
    "cijfer": re.compile(r"\d"),
    "postcode": re.compile(r"\b\d{4}\s?[a-z]{2}\b", re.IGNORECASE),
    "aanhaling": re.compile(r"[\"“”„‘’']"),  # noqa: RUF001 - quotation marks as people type them
    "dubbele_punt": re.compile(r":"),
}
MOST_SENTENCES = 6
LONG = 128

Places = tuple[int, ...]
Family = dict[int, Places]
"""Bucket to the places of the words that it comes from, none for what is no word."""

Features = tuple[Family, Family, Family]
"""As ``FAMILIES`` names them."""


def features_of(reading: Reading) -> Features:
    """Everything the model sees of a message."""
    words = [token.forms[0] for token in reading.text.tokens]
    return bucketed(word_features(words)), bucketed(pieces(words)), bucketed(signs(reading))


def bucketed(named: Iterable[tuple[str, Places]]) -> Family:
    """Names to buckets; a name that comes twice counts once, with all its places."""
    family: Family = {}
    for name, places in named:
        bucket = crc32(name.encode("utf-8", "replace")) % BUCKETS
        known = family.get(bucket)
        family[bucket] = places if known is None else known + places
    return family


def word_features(words: list[str]) -> Iterator[tuple[str, Places]]:
    """Each word, each two neighbours, and each two with one word between."""
    for place, word in enumerate(words):
        yield f"w:{word}", (place,)
    for place, pair in enumerate(pairwise(words)):
        yield f"b:{pair[0]} {pair[1]}", (place, place + 1)
    for place, pair in enumerate(zip(words, words[2:], strict=False)):
        yield f"s:{pair[0]} {pair[1]}", (place, place + 2)


def pieces(words: list[str]) -> Iterator[tuple[str, Places]]:
    """Every piece of each different word, so that a typing error leaves most of them standing."""
    where: dict[str, Places] = {}
    for place, word in enumerate(words):
        where[word] = (*where.get(word, ()), place)
    for word, places in where.items():
        edged = f"<{word}>"
        for length in range(SHORTEST, LONGEST + 1):
            for start in range(len(edged) - length + 1):
                yield f"c:{edged[start : start + length]}", places


def signs(reading: Reading) -> Iterator[tuple[str, Places]]:
    """The ideas of the rules, in whichever language, and the shape of the message."""
    for idea, hits in reading.ideas.items():
        for hit in hits:
            yield f"i:{idea}", hit.at
    for hit in reading.taken_back:
        yield "figuurlijk", hit.at
    shown, tokens = reading.text.shown, reading.text.tokens
    for name, shape in SHAPES.items():
        if shape.search(shown):
            yield f"z:{name}", ()
    for mark in dict.fromkeys(MARKS.findall(shown)):
        yield f"m:{mark}", ()
    stops = sum(token.pause == FULL_STOP for token in tokens)
    yield f"zinnen:{min(stops, MOST_SENTENCES)}", ()
    yield f"lengte:{min(len(tokens), LONG).bit_length()}", ()
