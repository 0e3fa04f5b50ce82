"""``python -m infra run``: the whole service on this machine, in one process tree.

    supervisor ─┬─ web     HTTP and sockets        (app.py's handlers)
                ├─ work    lanes and the clock     (app.py's handlers)
                ├─ fakes   platforms' stand-ins and the demo sign-in
                └─ demo    an invented evening, posted as a platform would; in its place
                           ``practice``, with --practice: a recorded one, at a chosen pace

As in the world, the platforms are there before the service: whoever signs in, reads a source or
posts a message at once finds them.
A part that dies is started again. SIGTERM stops everything cleanly; when the supervisor itself is
killed, its parts go with it, and what they were doing is found by the sweeper at the next start.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from chalicelib.domain.moments import moment
from chalicelib.errors import Misconfigured, WebcareError
from chalicelib.identity.oidc import DISCOVERY
from chalicelib.settings import PLATFORMS, must_stay_here
from chalicelib.store.sqlite import SqliteTable
from infra.local.stage import Stage, furnish, prepared, write_private
from infra.ports import free_port, is_free
from infra.practice.reading import EVENING, begin

PORT = 8088
READY_WITHIN = 60.0
PORT_WITHIN = 5.0
STOPPED_WITHIN = 10.0
ROOT = Path(__file__).parent.parent

ALL_HERE = {
    "NABIJ_ENGINE": "embedded",
    "NABIJ_PLATFORM_URLS": json.dumps(dict.fromkeys(PLATFORMS, "http://127.0.0.1")),
}
"""What the stage says by itself; whatever the environment says beside it must be as harmless."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("run", help="start the whole service on this machine")
    parser.add_argument("--port", type=int, help=f"default {PORT}, or a free one")
    parser.add_argument("--data", type=Path, help="default .local; practice: a new folder in it")
    parser.add_argument("--no-demo", action="store_true", help="without the invented evening")
    parser.add_argument(
        "--reddit",
        action="store_true",
        help="with a Reddit account, which its terms forbid the police",
    )
    parser.add_argument(
        "--practice",
        type=Path,
        nargs="?",
        const=EVENING,
        metavar="EVENING.jsonl",
        help="practise on a recorded, labelled evening; one of our own when none is named",
    )
    parser.add_argument("--pace", type=int, default=4, help="of practice: times as fast, default 4")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself; runs until it is stopped."""
    try:
        stage = own_stage(args)
        stage.settings()
        table = SqliteTable(stage.folder / "table.sqlite")
        furnish(table, stage)
        if args.practice:
            begin(table, args.practice, args.pace, moment(datetime.now(UTC)))
    except WebcareError as error:
        print(f"cannot start: {error.message}", file=sys.stderr)
        return 2
    supervisor = Supervisor(stage)
    return supervisor.run(["web", "work", *played(stage)])


def own_stage(args: argparse.Namespace) -> Stage:
    """The stage that was asked for. Raises ``Misconfigured``."""
    practice = args.practice is not None
    if practice:
        must_stay_here({**ALL_HERE, **os.environ})
    port = own_port(args.port) if args.port else chosen_port()
    data = args.data or (new_folder() if practice else ROOT / ".local")
    demo = not args.no_demo and not practice
    return prepared(data, port, free_port(), demo=demo, reddit=args.reddit, practice=practice)


def new_folder() -> Path:
    """For one practice: nothing of an earlier one waits there."""
    return ROOT / ".local" / f"practice-{datetime.now(UTC):%Y%m%d-%H%M%S}"


def played(stage: Stage) -> list[str]:
    """What comes in by itself."""
    if stage.practice:
        return ["practice"]
    return ["demo"] if stage.demo else []


def chosen_port() -> int:
    """The usual port when it is free, so that bookmarks keep working; else any."""
    return PORT if is_free(PORT) else free_port()


def own_port(port: int) -> int:
    """The port asked for. A service that was killed just now may hold it a moment longer.

    Raises ``Misconfigured`` when somebody else keeps it.
    """
    until = time.monotonic() + PORT_WITHIN
    while not is_free(port):
        if time.monotonic() > until:
            raise Misconfigured(f"port {port} is in use by another program")
        time.sleep(0.05)
    return port


@dataclass(slots=True)
class Supervisor:
    """Starts the parts, watches them, stops them."""

    stage: Stage
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    stopping: bool = False

    def run(self, names: list[str]) -> int:
        """Until a signal. The exit code: 0, or 1 when the service never became ready."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        known = self.stage.folder / "local.json"
        known.unlink(missing_ok=True)
        try:
            self.start("fakes")
            self.wait_until(lambda: answers(f"{self.stage.fakes_url}{DISCOVERY}"))
            for name in names:
                self.start(name)
            self.wait_until(lambda: healthy(self.stage.url))
            if not self.stopping:
                write_private(known, self.stage.described())
                print(welcome(self.stage), flush=True)
                self.watch()
        except Misconfigured as error:
            print(f"did not start: {error.message}", file=sys.stderr)
            return 1
        finally:
            self.end()
        return 0

    def start(self, name: str) -> None:
        """Start a part; its log goes to a file, its standard input ends with us."""
        logs = self.stage.folder / "logs"
        logs.mkdir(exist_ok=True)
        with (logs / f"{name}.log").open("ab") as log:
            command = [sys.executable, "-m", "infra", "part", name, "--data", self.stage.data]
            self.parts[name] = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=log, stderr=log
            )

    def stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Until that is so. Raises ``Misconfigured`` when it is not in time."""
        until = time.monotonic() + READY_WITHIN
        while not self.stopping and not ready():
            if time.monotonic() > until:
                raise Misconfigured(f"not ready in time; see {self.stage.folder}/logs")
            self.revive()
            time.sleep(0.05)

    def watch(self) -> None:
        """Start again whatever dies."""
        while not self.stopping:
            self.revive()
            time.sleep(0.2)

    def revive(self) -> None:
        """A part that ended with an error comes back after a breath; one that was done stays."""
        for name, part in list(self.parts.items()):
            if part.poll() not in (None, 0) and not self.stopping:
                print(f"{name} stopped with {part.returncode}; starting it again", flush=True)
                time.sleep(0.5)
                self.start(name)

    def end(self) -> None:
        """Ask every part to finish what it is doing; after a while, insist."""
        for part in self.parts.values():
            part.terminate()
        until = time.monotonic() + STOPPED_WITHIN
        for part in self.parts.values():
            try:
                part.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                part.kill()


def healthy(url: str) -> bool:
    """Whether the service answers that everything runs."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:
            return bool(json.load(answer)["status"] == "ok")
    except (OSError, ValueError):
        return False


def answers(url: str) -> bool:
    """Whether anybody answers there."""
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except OSError:
        return False


def welcome(stage: Stage) -> str:
    """Where to look."""
    return "\n".join(
        (
            "",
            f"  Nabij runs:        {stage.url}",
            f"  the public form:   {stage.url}/formulier",
            f"  what was sent:     {stage.fakes_url}/_sent",
            f"  tokens and more:   {stage.folder}/local.json",
            *([f"  practice, debrief: {stage.url}/oefening"] if stage.practice else []),
            "",
            "  Ctrl-C stops it.",
        )
    )
