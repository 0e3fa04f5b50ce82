"""The words that the assistant reads and speaks, each file read once."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str) -> dict[str, Any]:
    """One of the files in ``words/``."""
    path = files("chalicelib.intake") / "words" / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))


def either(listed: str, separator: str | None = None) -> str:
    """A pattern that matches one of these words, the longest first."""
    each = sorted((word.strip() for word in listed.split(separator)), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in each if word) + ")"
