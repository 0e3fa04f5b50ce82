"""What a question is about: the ideas of ``words/<language>.toml`` that stand in it."""

import tomllib
from functools import cache
from importlib.resources import files

from chalicelib.detection.lexicon import LANGUAGES, finder_of, lexicon
from chalicelib.detection.normalise import Text
from chalicelib.detection.phrases import Finder, written

ALWAYS = ("nl", "en")
"""Dutch and English words are mixed into every language here."""


def ideas_in(text: Text, languages: tuple[str, ...]) -> dict[str, str]:
    """Each idea in the text, with the words that say it."""
    found: dict[str, str] = {}
    for code in dict.fromkeys((*languages, *ALWAYS)):
        if code not in LANGUAGES:
            continue
        forms = [lexicon(code).forms(token) for token in text.tokens]
        for hit in finder(code).find(text.tokens, forms, main=code == languages[0]):
            found.setdefault(hit.idea, text.quote(hit.at))
    return found


@cache
def finder(code: str) -> Finder:
    """The ideas of one language, ready to be looked up."""
    file = files("chalicelib.knowledge") / "words" / f"{code}.toml"
    return finder_of(code, written(tomllib.loads(file.read_text("utf-8"))))
