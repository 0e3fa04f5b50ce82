"""``python -m infra incidents``: count how rare words are, and fit the weights of matching."""

import argparse
import importlib.util
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from chalicelib.detection import classifier
from chalicelib.detection.encoder import Encoder
from chalicelib.domain.assessment import Assessment, Context
from chalicelib.domain.message import Message
from chalicelib.incidents.lens import Lens
from chalicelib.incidents.scoring import weights
from infra.encoder.command import own_encoder
from infra.incidents.fitting import Evening, fitted
from infra.incidents.lensing import Meant, across, learned
from infra.incidents.measuring import reports_of
from infra.incidents.rarity import write_rarity
from infra.incidents.weighing import keep, keep_lens

ROOT = Path(__file__).parents[2]
EVENINGS = ROOT / "tests" / "incidents" / "evenings"
TUNED_ON = (
    "harbour", "frost", "eve", "gale", "heat",
    "june", "twente", "thursday", "midnight", "carnival", "snow",
)  # fmt: skip
"""``fair``, ``king``, ``tuesday`` and ``nye`` are kept apart."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("incidents", help="the data that incident matching goes by")
    parser.add_argument("what", choices=("rarity", "fit"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself."""
    if args.what == "rarity":
        print(f"{write_rarity()} words", file=sys.stderr)
        return 0
    encoder = own_encoder()
    if encoder is None or not importlib.util.find_spec("torch"):
        print(
            "fitting needs the encoder and: pip install -r requirements-train.txt", file=sys.stderr
        )
        return 2
    found = fitting({name: evening(name, encoder) for name in TUNED_ON})
    print(f"written: {found}", file=sys.stderr)
    return 0


def fitting(evenings: Mapping[str, Meant]) -> Path:
    """The lens of all evenings, and weights for what lenses of other evenings show of each."""
    lenses = across(evenings)
    seen = [seen_through(lenses[name], told) for name, told in evenings.items()]
    keep_lens(learned(list(evenings.values())))
    return keep(fitted(seen, weights()))


def seen_through(lens: Lens, told: Meant) -> Evening:
    """The reports with their meanings seen through this lens."""
    reports, truth, meanings = told
    each = zip(reports, meanings, strict=True)
    return [replace(one, meaning=lens.through(meaning)) for one, meaning in each], truth


def evening(name: str, encoder: Encoder) -> Meant:
    """The reports of a recorded evening, the true incident of each, and what each means."""
    text = (EVENINGS / f"{name}.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    meanings: list[str] = []
    classify = classifier("full", encoder)

    def noting(message: Message, context: Context) -> Assessment:
        found = classify(message, context)
        meanings.append(found.meaning)
        return found

    return reports_of(lines, noting), {line["id"]: line["incident"] for line in lines}, meanings
