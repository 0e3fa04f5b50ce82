"""``python -m infra detect``: what detection says, one JSON line for each line that comes in.

In: ``{"id", "text"}`` and, if known, ``channel``, ``earlier`` (texts, oldest first), ``quoted`` and
``media``. Out: ``id, emergency, urgency, kind, topic, lang, places, findings``, or ``{"id",
"error"}`` for a line that cannot be read. One bad line never stops the others. All of detection
speaks; without the encoder (``python -m infra encoder``) its first tier does, and says so.
"""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from typing import Any, TextIO, get_args

from chalicelib.detection import Tier, classifier
from chalicelib.detection.stack import Classify
from chalicelib.domain.assessment import Context
from chalicelib.domain.message import Message
from infra.encoder.command import own_encoder
from infra.lines import BadLine, answer_each, standard_input, text_in

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
    return detect_lines(standard_input(), sys.stdout, classifier(args.detection, reader))


def detect_lines(lines: Iterable[str], out: TextIO, classify: Classify) -> int:
    """Write one line of outcome for each line with something on it."""
    return answer_each(lines, out, partial(assessed, classify=classify))


def assessed(said: dict[str, Any], classify: Classify) -> dict[str, Any]:
    """The assessment of one message. Raises ``BadLine``."""
    text, earlier = text_in(said), said.get("earlier") or []
    if not isinstance(earlier, list) or not all(isinstance(each, str) for each in earlier):
        raise BadLine("earlier is no list of strings")
    context = Context(
        channel=str(said.get("channel") or UNKNOWN_CHANNEL),
        earlier=tuple(earlier),
        quoted=str(said.get("quoted") or ""),
        media=str(said.get("media") or ""),
    )
    message = Message(external_id="stdin", author_id=None, text=text, kind="text", timestamp=None)
    return asdict(classify(message, context))
