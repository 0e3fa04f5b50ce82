"""Danger near our own accounts, by words that stand in ``canary_terms.toml``."""

from functools import cache

from chalicelib.detection.searching import data
from chalicelib.domain.query import holds


@cache
def canaries() -> dict[str, list[str]]:
    """The lines of each danger, by its name."""
    return {name: list(lines) for name, lines in data("canary_terms.toml").items()}


def dangers_in(text: str) -> list[str]:
    """The dangers of which a text holds a line."""
    return [name for name, lines in canaries().items() if holds(text, lines)]
