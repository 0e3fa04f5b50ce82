"""The articles: what we know, written by us in plain Dutch, each with owner, date and source."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from chalicelib.knowledge.doors import DoorCode, door_code


@dataclass(frozen=True, slots=True)
class Article:
    """One text. ``asks``: ways people ask for it; ``ideas``: what a question about it holds."""

    id: str
    door: DoorCode
    title: str
    text: str
    asks: tuple[str, ...]
    ideas: frozenset[str]
    owner: str
    source: str
    reviewed: date


@cache
def articles() -> tuple[Article, ...]:
    """All articles, in a fixed order."""
    folder = files("chalicelib.knowledge") / "articles"
    written = {file.name: tomllib.loads(file.read_text("utf-8")) for file in folder.iterdir()}
    return tuple(
        Article(
            id=name,
            door=door_code(said.pop("door")),
            asks=tuple(said.pop("asks")),
            ideas=frozenset(said.pop("ideas", ())),
            **said,
        )
        for file in sorted(written)
        for name, said in written[file].items()
    )
