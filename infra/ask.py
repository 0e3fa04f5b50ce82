"""``python -m infra ask``: the door and the answer to a question, one JSON line for each line.

In: ``{"id", "text"}``. Out: ``{"id", "door", "answer", "article", "confidence", "lang"}``, or
``{"id", "error"}`` for a line that cannot be read. One bad line never stops the others. ``answer``
is what the citizen is told, a question back or the way to a person included; ``article`` may be
null. Without the encoder (``python -m infra encoder``) words alone find the article, and the first
tier of detection decides what is an emergency.
"""

import argparse
import sys
from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Any, TextIO

from chalicelib.detection import classifier
from chalicelib.detection.encoder import Encoder
from chalicelib.knowledge import Desk, ask
from infra.encoder.command import own_encoder
from infra.lines import answer_each, standard_input, text_in

SHOWN = ("door", "answer", "article", "confidence", "lang")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("ask", help="answer questions, one JSON object a line")
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """Read from stdin, write to stdout."""
    return answer_lines(standard_input(), sys.stdout, own_desk())


def own_desk() -> Desk:
    """Detection and knowledge as they are on this machine."""
    encoder = own_encoder()
    meaning = meaning_of(encoder) if encoder else None
    return Desk(classifier("full" if encoder else "model", encoder), meaning)


def meaning_of(encoder: Encoder) -> Any:
    """The encoder's meaning of a text; what was asked before is not read again."""
    return lru_cache(maxsize=4_096)(lambda text: tuple(encoder.read(text).meaning))


def answer_lines(lines: Iterable[str], out: TextIO, desk: Desk) -> int:
    """Write one line of answer for each line with something on it."""
    return answer_each(lines, out, partial(answer_to, desk=desk))


def answer_to(said: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """The answer to one question. Raises ``BadLine``."""
    answer = ask(text_in(said), desk)
    return {name: getattr(answer, name) for name in SHOWN}
