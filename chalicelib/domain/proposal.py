"""What a language model is handed, and what it makes of that."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """A text of ours that it may use."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A proposal, and the ids of the articles that it used."""

    text: str
    articles: tuple[str, ...]
