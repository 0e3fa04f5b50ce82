"""``python -m infra detect``: what detection says, one JSON line for each line that comes in.

In: ``{"id", "text"}`` and, if known, ``channel`` and ``earlier`` (texts, oldest first). Out:
``id, emergency, urgency, kind, topic, lang, places, findings``, or ``{"id", "error"}`` for a line
that cannot be read. One bad line never stops the others.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, TextIO

from chalicelib.detection import classify
from chalicelib.domain.assessment import Context
from chalicelib.domain.message import Message

UNKNOWN_CHANNEL = "webchat"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("detect", help="assess messages, one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Read from stdin, write to stdout."""
    # Bytes, decoded line by line: one line that is no UTF-8 must not end the whole run.
    lines = (line.decode(errors="replace") for line in sys.stdin.buffer)
    return detect_lines(lines, sys.stdout)


def detect_lines(lines: Iterable[str], out: TextIO) -> int:
    """Write one line of outcome for each line with something on it."""
    for outcome in outcomes(lines):
        out.write(json.dumps(outcome) + "\n")
        out.flush()
    return 0


def outcomes(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The outcome of every line with something on it."""
    for line in lines:
        if line.strip():
            yield outcome_of(line)


def outcome_of(line: str) -> dict[str, Any]:
    """The assessment of one line as JSON, or what is wrong with it."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"no JSON: {error}"}
    if not isinstance(said, dict):
        return {"id": None, "error": "no JSON object"}
    text, earlier = said.get("text"), said.get("earlier") or []
    if not isinstance(text, str):
        return {"id": said.get("id"), "error": "text is missing or no string"}
    if not isinstance(earlier, list) or not all(isinstance(each, str) for each in earlier):
        return {"id": said.get("id"), "error": "earlier is no list of strings"}
    channel = str(said.get("channel") or UNKNOWN_CHANNEL)
    return {"id": said.get("id"), **assessed(text, channel, tuple(earlier))}


def assessed(text: str, channel: str, earlier: tuple[str, ...]) -> dict[str, Any]:
    """The assessment of one text."""
    message = Message(external_id="stdin", author_id=None, text=text, kind="text", timestamp=None)
    return asdict(classify(message, Context(channel=channel, earlier=earlier)))
