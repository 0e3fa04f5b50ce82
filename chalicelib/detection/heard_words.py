"""What of a public message is kept for a feed: its words and where its links lead, no names.

Left out are handles, names, numbers and words that stand in every message. Who reads the feed sees
a word only when several writers used it.
"""

import re

from chalicelib.detection.searching import WORD, known
from chalicelib.domain.query import folded
from chalicelib.domain.search import COMMON, MOST_WORDS

SHORTEST = 4
ADDRESS = re.compile(r"https?://(?:www\.)?([\w.-]+)(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
HANDLE = re.compile(r"(?<!\w)@[\w.@-]+")


def words_of(text: str) -> tuple[str, ...]:
    """Words by which a subject can be recognised, each once."""
    plain = folded(HANDLE.sub(" ", ADDRESS.sub(" ", text)))
    fitting = (match.group() for match in WORD.finditer(plain))
    names = known("given") | known("family") - known("common")
    kept = (
        word
        for word in fitting
        if len(word) >= SHORTEST and word.isalpha() and word not in COMMON and word not in names
    )
    return tuple(dict.fromkeys(kept))[:MOST_WORDS]


def links_of(text: str) -> tuple[str, ...]:
    """The sites that it links to; what comes after the name of a site may name a person."""
    return tuple(dict.fromkeys(host.casefold() for host in ADDRESS.findall(text)))
