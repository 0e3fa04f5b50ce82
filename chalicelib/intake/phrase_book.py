"""Phrases in the notation of detection, looked for in what a citizen says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from chalicelib.detection.lexicon import lexicon
from chalicelib.detection.normalise import read
from chalicelib.detection.phrases import Finder, Hit, phrases_of, written
from chalicelib.intake.words import words


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Names, each with the phrases that mean it, in all languages at once."""

    finder: Finder

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "PhraseBook":
        """A book from lines. Raises ``ValueError`` for a line that cannot be read."""
        finder = Finder()
        for name, line in written(said):
            finder.add(phrases_of(name, line, {}))
        return cls(finder)

    def hits(self, text: str) -> list[Hit]:
        """Every phrase found, spelled as people spell."""
        tokens = read(text).tokens
        dutch = lexicon("nl")
        return self.finder.find(tokens, [dutch.forms(token) for token in tokens], main=True)

    def names(self, text: str) -> frozenset[str]:
        """The names of what is found."""
        return frozenset(hit.idea for hit in self.hits(text))


@cache
def signals() -> PhraseBook:
    """What a citizen wants of the assistant, or lets it notice."""
    return PhraseBook.of(words("signals"))
