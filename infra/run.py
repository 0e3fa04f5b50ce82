"""``python -m infra run``: the whole service on this machine, in one process tree.

    supervisor ─┬─ web     HTTP and sockets        (app.py's handlers)
                ├─ work    lanes and the clock     (app.py's handlers)
                ├─ fakes   platforms' stand-ins and the demo sign-in
                └─ demo    an invented evening, posted as a platform would

A part that dies is started again. SIGTERM stops everything cleanly; when the supervisor itself is
killed, its parts go with it, and what they were doing is found by the sweeper at the next start.
"""

import argparse
import json
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from chalicelib.errors import Misconfigured, WebcareError
from chalicelib.store.sqlite import SqliteTable
from infra.local.stage import Stage, furnish, prepared, write_private
from infra.ports import free_port, is_free

PORT = 8088
READY_WITHIN = 60.0
PORT_WITHIN = 5.0
STOPPED_WITHIN = 10.0
ROOT = Path(__file__).parent.parent


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("run", help="start the whole service on this machine")
    parser.add_argument("--port", type=int, help=f"default {PORT}, or a free one")
    parser.add_argument("--data", type=Path, default=ROOT / ".local", help="default .local")
    parser.add_argument("--no-demo", action="store_true", help="without the invented evening")
    parser.add_argument(
        "--reddit",
        action="store_true",
        help="with a Reddit account, which its terms forbid the police",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself; runs until it is stopped."""
    try:
        port = own_port(args.port) if args.port else chosen_port()
        stage = prepared(args.data, port, free_port(), demo=not args.no_demo, reddit=args.reddit)
        furnish(SqliteTable(stage.folder / "table.sqlite"), stage)
        stage.settings()
    except WebcareError as error:
        print(f"cannot start: {error.message}", file=sys.stderr)
        return 2
    names = ["fakes", "web", "work", *(["demo"] if stage.demo else [])]
    supervisor = Supervisor(stage)
    return supervisor.run(names)


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
        for name in names:
            self.start(name)
        try:
            self.wait_until_ready()
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

    def wait_until_ready(self) -> None:
        """Until the service says so. Raises ``Misconfigured`` when it does not in time."""
        until = time.monotonic() + READY_WITHIN
        while not self.stopping and not healthy(self.stage.url):
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


def welcome(stage: Stage) -> str:
    """Where to look."""
    return "\n".join(
        (
            "",
            f"  Nabij runs:        {stage.url}",
            f"  the public form:   {stage.url}/formulier",
            f"  what was sent:     {stage.fakes_url}/_sent",
            f"  tokens and more:   {stage.folder}/local.json",
            "",
            "  Ctrl-C stops it.",
        )
    )
