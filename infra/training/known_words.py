"""Which words people write: counted in the training messages, for ``detection/mending.py``."""

from collections.abc import Iterable, Mapping

from chalicelib.detection.mending import COMMON, LETTERS, SHORTEST
from chalicelib.detection.normalise import fold, tidy
from infra.training.corpus import Labelled

HEAD = f"# word, and how many authors wrote it ({COMMON} stands for more)"


def table(messages: Iterable[Labelled]) -> str:
    """The file: a line a word."""
    counted = authors(messages)
    lines = [f"{word}\t{min(counted[word], COMMON)}" for word in sorted(counted)]
    return "\n".join([HEAD, *lines]) + "\n"


def authors(messages: Iterable[Labelled]) -> Mapping[str, int]:
    """Each word that may be looked up, with the number of authors who wrote it."""
    who: dict[str, set[str]] = {}
    for one in messages:
        for word in map(fold, LETTERS.findall(tidy(one.text))):
            who.setdefault(word, set()).add(one.batch)
    return {word: len(names) for word, names in who.items() if len(word) >= SHORTEST - 1}
