"""The cross-encoder: is a message about the event that others tell of? It reads both as one text.

A vector is made of one message by itself, so that what "mag ik mijn huis weer in?" is about does
not show in it; beside what others wrote a little earlier it does. The network is the encoder's
with other changes, the table of its pieces the same file. Learned by ``python -m infra incidents
teach``; without its files matching goes by the rest.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from chalicelib.detection.encoder import BEFORE, END, OWN, START, Encoder, opened, plain

GRAPH, WEIGHTS = "cross-1.onnx", "cross.weights"

MOST_OWN = 64
"""Pieces of the message that are read."""

MOST_EACH, MOST_TOLD = 40, 88
"""Pieces of each that others wrote, and of all of those together."""

MOST_TEXTS = 4
Pair = tuple[list[int], list[int]]
"""The pieces of a message and of what others wrote, and of which of the two each is."""


class CrossEncoder:
    """In this process, beside the encoder. Raises ``FileNotFoundError`` without its files."""

    def __init__(self, encoder: Encoder) -> None:
        for name in (GRAPH, WEIGHTS):
            if not (encoder.folder / name).exists():
                raise FileNotFoundError(f"the cross-encoder's {name} is not in {encoder.folder}")
        self._encoder = encoder

    @cached_property
    def session(self) -> Any:
        return opened(self._encoder.folder / GRAPH)

    def same_event(self, text: str, told: Sequence[Sequence[str]]) -> list[float]:
        """How likely the text is about what each of these groups tells, as log-odds.

        ``told``: of each group the first text and then the latest ones, in order of their time.
        Each pair is read by itself, so that the answer does not hang on what else is asked.
        """
        return [self.read(text, texts) for texts in told]

    def read(self, text: str, told: Sequence[str]) -> float:
        """The same of one group."""
        import numpy as np  # noqa: PLC0415 - only where the encoder runs

        ids, types = paired(self._encoder.tokenizer, text, told)
        given = {"pieces": np.array([ids]), "types": np.array([types])}
        (scores,) = self.session.run(None, given)
        return float(scores[0][0])


def paired(tokenizer: Any, text: str, told: Sequence[str]) -> Pair:
    """The message, and as many of the others' texts as fit: the first, then the latest."""
    own = pieces(tokenizer, text)[:MOST_OWN]
    others = [pieces(tokenizer, one)[:MOST_EACH] for one in told]
    past = [piece for at in fitting(others) for piece in (*others[at], END)]
    ids = [START, *own, END, *past]
    return ids, [OWN] * (len(own) + 2) + [BEFORE] * len(past)


def fitting(others: Sequence[Sequence[int]]) -> list[int]:
    """Which of them are read, in their order."""
    chosen: list[int] = []
    left = MOST_TOLD
    for at in (0, *range(len(others) - 1, 0, -1)):
        if len(others[at]) < left and len(chosen) < MOST_TEXTS:
            chosen.append(at)
            left -= len(others[at]) + 1
    return sorted(chosen)


def pieces(tokenizer: Any, text: str) -> list[int]:
    """The pieces of one text."""
    found: list[int] = tokenizer.encode(plain(text), add_special_tokens=False).ids
    return found
