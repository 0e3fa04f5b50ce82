"""``python -m infra parse``: what our parsers make of recorded requests, one JSON line each.

In: cases as in ``tests/channels/*/payloads``: ``channel``, ``transport``, ``headers``, ``config``
and ``body`` or, for the exact bytes, ``body_raw``. Out: ``id, messages, statuses, ignored,
error``, and ``http`` for a handshake and for a delivery that nobody vouches for. A case that
fails never stops the next.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from chalicelib.channels.contract import Channel
from chalicelib.channels.registry import channel_named
from chalicelib.errors import BadPayload, BadSignature, WebcareError
from infra import cases


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("parse", help="parse recorded requests, one JSON case a line")
    parser.add_argument("file", nargs="?", default="-", help="cases, one a line; - is stdin")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself."""
    with _lines(args.file) as lines:
        return parse_lines(lines, sys.stdout)


def parse_lines(lines: Iterable[str], out: TextIO) -> int:
    """Write one line of outcome for each line with a case on it."""
    for line in lines:
        if line.strip():
            out.write(json.dumps(outcome_of_line(line)) + "\n")
    out.flush()
    return 0


def outcome_of_line(line: str) -> dict[str, Any]:
    """The outcome of one line; the id is null when the line cannot be read."""
    try:
        case = json.loads(line)
    except (ValueError, RecursionError):
        case = None
    if not isinstance(case, dict):
        return _failed(None, BadPayload("no JSON object on this line"))
    return outcome_of(case)


def outcome_of(case: Mapping[str, Any]) -> dict[str, Any]:
    """What becomes of one case."""
    try:
        channel = channel_named(str(case.get("channel")))
        if case.get("transport") == "webhook_get":
            return _greeted(case, channel)
        return _parsed(case, channel)
    except Exception as error:  # noqa: BLE001  the next case must have its turn, whatever this was
        return _failed(case.get("id"), error)


def _parsed(case: Mapping[str, Any], channel: Channel) -> dict[str, Any]:
    if case.get("transport") == "webhook_post":
        try:
            channel.verify(cases.request_of(case), cases.secrets_of(case))
        except BadSignature as error:
            return _refused(case.get("id"), error)
    parsed = channel.parse(cases.raw_of(case), cases.settings_of(case))
    return {
        "id": case.get("id"),
        "messages": [cases.facts_of(message) for message in parsed.messages],
        "statuses": len(parsed.statuses),
        "ignored": parsed.ignored,
        "error": None,
    }


def _greeted(case: Mapping[str, Any], channel: Channel) -> dict[str, Any]:
    try:
        body = channel.handshake(cases.request_of(case), cases.secrets_of(case))
    except WebcareError as error:
        return _refused(case.get("id"), error)
    shown = {"body": body} if isinstance(body, str) else {"json": body}
    return {**_nothing(case.get("id"), None), "http": {"status": 200, **shown}}


def _refused(id: Any, error: WebcareError) -> dict[str, Any]:
    return {**_failed(id, error), "http": {"status": error.status, "body": ""}}


def _failed(id: Any, error: Exception) -> dict[str, Any]:
    return _nothing(id, type(error).__name__)


def _nothing(id: Any, error: str | None) -> dict[str, Any]:
    return {"id": id, "messages": [], "statuses": 0, "ignored": 0, "error": error}


@contextmanager
def _lines(file: str) -> Iterator[Iterable[str]]:
    # Bytes, decoded line by line: one line that is no UTF-8 must not end the whole run.
    if file == "-":
        yield (line.decode(errors="replace") for line in sys.stdin.buffer)
        return
    with Path(file).open("rb") as stream:
        yield (line.decode(errors="replace") for line in stream)
