"""Fixed sentences in nine languages (``texts.toml``): these never pass through a translation."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

OTHERWISE = "en"
"""For a language that we recognise and have no sentences in."""


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """The sentences by language and name."""
    return tomllib.loads((files("chalicelib.knowledge") / "texts.toml").read_text("utf-8"))


def spoken(lang: str) -> str:
    """The language to answer in: theirs if we have it; Dutch when we do not know theirs."""
    if lang == "und":
        return "nl"
    return lang if lang in texts() else OTHERWISE


def say(lang: str, sentence: str, /, **facts: str) -> str:
    """One sentence, with facts filled in."""
    return texts()[spoken(lang)][sentence].format(**facts)
