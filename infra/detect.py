"""``python -m infra detect``: what detection says, one JSON line for each line that comes in.

In: ``{"id", "text"}`` and, if known, ``channel``, ``earlier`` (texts, oldest first), ``quoted`` and
``media``. Out: ``id, emergency, urgency, kind, topic, lang, places, findings``, or ``{"id",
"error"}`` for a line that cannot be read. One bad line never stops the others. All of detection
speaks; without the encoder (``python -m infra encoder``) its first tier does, and says so.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, TextIO, get_args

from chalicelib.detection import Tier, classifier
from chalicelib.detection.stack import Classify
from chalicelib.domain.assessment import Context
from chalicelib.domain.message import Message
from infra.encoder.command import own_encoder

UNKNOWN_CHANNEL = "webchat"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("detect", help="assess messages, one JSON object a line")
    parser.add_argument(
        "--detection", choices=get_args(Tier), default="full", help="default: all of it"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read from stdin, write to stdout."""
    reader = own_encoder() if args.detection == "full" else None
    # Bytes, decoded line by line: one line that is no UTF-8 must not end the whole run.
    lines = (line.decode(errors="replace") for line in sys.stdin.buffer)
    return detect_lines(lines, sys.stdout, classifier(args.detection, reader))


def detect_lines(lines: Iterable[str], out: TextIO, classify: Classify) -> int:
    """Write one line of outcome for each line with something on it."""
    for outcome in outcomes(lines, classify):
        out.write(json.dumps(outcome) + "\n")
        out.flush()
    return 0


def outcomes(lines: Iterable[str], classify: Classify) -> Iterator[dict[str, Any]]:
    """The outcome of every line with something on it."""
    for line in lines:
        if line.strip():
            yield outcome_of(line, classify)


def outcome_of(line: str, classify: Classify) -> dict[str, Any]:
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
    context = Context(
        channel=str(said.get("channel") or UNKNOWN_CHANNEL),
        earlier=tuple(earlier),
        quoted=str(said.get("quoted") or ""),
        media=str(said.get("media") or ""),
    )
    message = Message(external_id="stdin", author_id=None, text=text, kind="text", timestamp=None)
    return {"id": said.get("id"), **asdict(classify(message, context))}
