"""``python -m infra incidents``: count how rare words are, and fit the weights of matching."""

import argparse
import json
import sys
from pathlib import Path

from chalicelib.detection import classifier
from chalicelib.incidents.scoring import weights
from infra.encoder.command import own_encoder
from infra.incidents.common import write_common
from infra.incidents.fitting import Evening, fitted
from infra.incidents.measuring import reports_of
from infra.incidents.rarity import write_rarity
from infra.incidents.weighing import keep

ROOT = Path(__file__).parents[2]
EVENINGS = ROOT / "tests" / "incidents" / "evenings"
TUNED_ON = ("harbour", "frost", "eve")
"""``fair`` and ``king`` are kept apart."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("incidents", help="the data that incident matching goes by")
    parser.add_argument("what", choices=("rarity", "common", "fit"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself."""
    if args.what == "rarity":
        print(f"{write_rarity()} words", file=sys.stderr)
        return 0
    if args.what == "common":
        encoder = own_encoder()
        print(f"{write_common(encoder) if encoder else 'no'} directions", file=sys.stderr)
        return 0 if encoder else 1
    found = fitted([evening(name) for name in TUNED_ON], weights())
    print(f"written: {keep(found)}", file=sys.stderr)
    return 0


def evening(name: str) -> Evening:
    """The reports of a recorded evening, and the true incident of each."""
    text = (EVENINGS / f"{name}.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    encoder = own_encoder()
    classify = classifier("full", encoder) if encoder else classifier()
    return reports_of(lines, classify), {line["id"]: line["incident"] for line in lines}
