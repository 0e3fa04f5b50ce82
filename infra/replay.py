"""``python -m infra replay``: a recorded evening through the real intake flow, by its own clock.

In: lines ``{id, at, channel, author, text}``, of any channel by name. Out, after the last: the
final state of each, ``{id, subject, emergency, urgency, incident, place, gemeente, unit,
priority}``. What nobody can tell is null, and so is ``incident`` where one citizen alone tells of
it; a line that cannot be read has ``error``. Logs go to standard error.
"""

import argparse
import io
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from logging import StreamHandler
from pathlib import Path
from typing import Any, TextIO

from chalicelib import wiring
from chalicelib.channels.contract import WebhookRequest
from chalicelib.domain.conversation import KeptMessage
from chalicelib.errors import BadPayload
from chalicelib.flows.assessing.locating import Estimate, estimate
from chalicelib.flows.desk.viewing import assessment_of
from chalicelib.flows.running.sweeping import sweep
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.receiving import receive_webhook
from chalicelib.jobs.jobs import LANES
from chalicelib.log import logger
from chalicelib.store import incidents, kept_messages, keys, queue, references
from chalicelib.store.table import Key
from chalicelib.workers.lanes import on_jobs
from infra.incidents.measuring import SHUFFLES, measured
from infra.local.work import pump_once
from infra.recording import ACCOUNT, Line, Recording, house, understood

Played = tuple[Line | None, str]
"""A line and its text; None with the reason when it cannot be read."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("replay", help="a recorded evening through the intake flow")
    parser.add_argument("file", help="the recording, one message a line; - is stdin")
    parser.add_argument("--data", type=Path, help="keep the tables here; default: thrown away")
    parser.add_argument(
        "--report", action="store_true", help="compare with the truth in the recording, as one JSON"
    )
    parser.add_argument("--shuffles", type=int, default=SHUFFLES, help="of the order, in a report")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself."""
    with logs_on_stderr() as out, opened(args.file) as lines, folder(args.data) as data:
        if args.report:
            return report(list(lines), data, out, args.shuffles)
        return replay(lines, data, out)


def report(lines: list[str], data: Path, out: TextIO, shuffles: int) -> int:
    """Replay, and tell how right it was; the lines must hold ``incident`` and ``gemeente``."""
    told = io.StringIO()
    replay(lines, data, told)
    truth = [json.loads(line) for line in lines if line.strip()]
    found = [json.loads(line) for line in told.getvalue().splitlines()]
    classify = wiring.services().classify
    figures = measured(truth, found, classify, shuffles=shuffles)
    out.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
    return 0


def replay(lines: Iterable[str], data: Path, out: TextIO) -> int:
    """Take in every line at its own time, then write the final state of each, in their order."""
    evening = [read(text) for text in lines if text.strip()]
    clock = Recording()
    services = house(data, clock, {line.channel for line, _ in evening if line})
    for number, (line, text) in enumerate(evening, start=1):
        if line:
            clock.at = max(clock.at, line.at)
            request = WebhookRequest(method="POST", body=text.encode())
            receive_webhook(services, line.channel, ACCOUNT, request)
            work(services)
        if number % 50 == 0:
            print(f"\r{number}/{len(evening)}", end="", file=sys.stderr, flush=True)
    for line, text in evening:
        found = final_state(services, line) if line else {"id": None, "error": text}
        out.write(json.dumps(found, ensure_ascii=False) + "\n")
    out.flush()
    return 0


def read(text: str) -> Played:
    """A bad line never stops the others."""
    try:
        return understood(text), text
    except BadPayload as error:
        return None, error.message


def work(services: Services) -> None:
    """Do everything that is due now, and what the clock brings."""
    drain(services)
    sweep(services)


def drain(services: Services) -> None:
    """Do all jobs that wait."""
    while any(pump_once(services.jobs, lane, lambda event, _: on_jobs(event)) for lane in LANES):
        pass


def final_state(services: Services, line: Line) -> dict[str, Any]:
    """What the service thinks of a message when the evening is over."""
    now = services.now()
    reference = keys.reference(line.channel, ACCOUNT, line.id)
    known = references.find(services.table, reference, now)
    if known is None or known.message_sk is None or known.subject is None:
        return {"id": line.id, "error": "not accepted"}
    key = Key(keys.conversation_partition(known.subject), known.message_sk)
    message = kept_messages.find(services.table, key, now)
    assessment = assessment_of(message) if message else None
    item = queue.find(services.table, known.subject, now)
    where = estimate(services, message) if message else Estimate()
    return {
        "id": line.id,
        "subject": known.subject,
        "emergency": assessment.emergency if assessment else None,
        "urgency": assessment.urgency if assessment else None,
        "incident": incident_of(services, message),
        "place": where.place,
        "gemeente": where.gemeente,
        "unit": where.unit,
        "priority": item.priority if item else None,
    }


def incident_of(services: Services, message: KeptMessage | None) -> str | None:
    """The incident that a message is part of, when more than one citizen tells of it."""
    if message is None or message.incident is None:
        return None
    incident = incidents.whole(services.table, message.incident, services.now())
    return incident.subject if incident and incident.several else None


@contextmanager
def logs_on_stderr() -> Iterator[TextIO]:
    """Results alone on standard output: logs and figures of the service go the other way."""
    results = sys.stdout
    for handler in logger.handlers:
        if isinstance(handler, StreamHandler):
            handler.setStream(sys.stderr)
    with redirect_stdout(sys.stderr):
        yield results


@contextmanager
def opened(name: str) -> Iterator[Iterable[str]]:
    """The lines of a file, or of standard input."""
    if name == "-":
        yield sys.stdin
        return
    with Path(name).open(encoding="utf-8") as file:
        yield file


@contextmanager
def folder(chosen: Path | None) -> Iterator[Path]:
    """The folder asked for, or one that goes."""
    if chosen:
        yield chosen
        return
    with tempfile.TemporaryDirectory(prefix="nabij-replay-") as name:
        yield Path(name)
