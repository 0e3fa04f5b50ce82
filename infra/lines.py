"""Commands that read JSON objects, one a line, and answer each on a line of its own.

One bad line never stops the others: its answer is ``{"id", "error"}``.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

Answer = Callable[[dict[str, Any]], dict[str, Any]]
"""What is said of one object. Raises ``BadLine`` where nothing can be."""


class BadLine(Exception):
    """What is wrong with a line, in words."""


def standard_input() -> Iterator[str]:
    """Its lines, decoded one by one: one that is no UTF-8 must not end the whole run."""
    return (line.decode(errors="replace") for line in sys.stdin.buffer)


def answer_each(lines: Iterable[str], out: TextIO, answer: Answer) -> int:
    """Write one line of answer for each line with something on it; the exit code."""
    for line in lines:
        if line.strip():
            out.write(json.dumps(answered(line, answer)) + "\n")
            out.flush()
    return 0


def answered(line: str, answer: Answer) -> dict[str, Any]:
    said: dict[str, Any] = {}
    try:
        said = object_on(line)
        return {"id": said.get("id"), **answer(said)}
    except BadLine as wrong:
        return {"id": said.get("id"), "error": str(wrong)}


def object_on(line: str) -> dict[str, Any]:
    """Raises ``BadLine``."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"no JSON: {error}") from error
    if not isinstance(said, dict):
        raise BadLine("no JSON object")
    return said


def text_in(said: dict[str, Any]) -> str:
    """Raises ``BadLine``."""
    text = said.get("text")
    if not isinstance(text, str):
        raise BadLine("text is missing or no string")
    return text
