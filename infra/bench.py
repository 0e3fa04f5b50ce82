"""``python -m infra bench``: the figures that we publish, as one JSON. Progress on stderr."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from chalicelib.log import logger
from infra.benchmarks import (
    collide,
    desk,
    figures,
    forecast,
    kill,
    latency,
    screen,
    signals,
    staffing,
    storm,
    suggestions,
)
from infra.benchmarks.latency import Progress

BENCHMARKS: dict[str, Callable[[Progress], dict[str, Any]]] = {
    "latency": latency.measure,
    "collide": collide.measure,
    "kill": kill.measure,
    "figures": figures.measure,
    "desk": desk.measure,
    "screen": screen.measure,
    "suggestions": suggestions.measure,
    "forecast": forecast.measure,
    "staffing": staffing.measure,
    "storm": storm.measure,
    "signals": signals.measure,
}
QUICK = ("latency", "collide")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("bench", help="measure the service; figures as one JSON")
    parser.add_argument(
        "names", nargs="*", help=f"of {', '.join(BENCHMARKS)} (default: {' and '.join(QUICK)})"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself."""
    names = args.names or QUICK
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}", file=sys.stderr)
        return 2
    logger.setLevel("WARNING")  # the figures are one JSON on stdout, where the log goes too
    figures = {name: BENCHMARKS[name](progress) for name in names}
    print(json.dumps({"machine": machine(), **figures}, indent=2))
    return 0


def progress(text: str) -> None:
    """One line that is written over."""
    print(f"\r{text:<78}", end="", file=sys.stderr, flush=True)


def machine() -> dict[str, Any]:
    """Where it was measured."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }
