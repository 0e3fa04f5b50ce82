"""``python -m infra incidents``: what matching goes by, and how far readers of evenings agree."""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

from chalicelib.detection import classifier
from chalicelib.detection.encoder import Encoder
from chalicelib.domain.assessment import Assessment, Context
from chalicelib.domain.message import Message
from chalicelib.incidents.lens import Lens
from chalicelib.incidents.scoring import Weights, weights
from infra.encoder.command import own_encoder
from infra.incidents.agreeing import agreement
from infra.incidents.beside import reading
from infra.incidents.doubting import weighed
from infra.incidents.evenings import LEARNED, READ, WEIGHED, lines
from infra.incidents.fitting import Evening, fitted
from infra.incidents.lensing import Meant, learned
from infra.incidents.measuring import reports_of
from infra.incidents.pairing import pairs
from infra.incidents.rarity import write_rarity
from infra.incidents.weighing import keep, keep_lens
from infra.training.command import can_train

SEEDS = (1, 2)
"""Each evening is paired up as often, by other chances."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("incidents", help="the data that incident matching goes by")
    parser.add_argument("what", choices=("rarity", "fit", "teach", "readers"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself."""
    if args.what == "rarity":
        print(f"{write_rarity()} words", file=sys.stderr)
        return 0
    if args.what == "readers":
        print(json.dumps(dict(agreement()), indent=1))
        return 0
    encoder = own_encoder()
    if encoder is None or not can_train():
        return 2
    written = teaching(encoder) if args.what == "teach" else fitting(encoder)
    print(f"written: {written}", file=sys.stderr)
    return 0


def fitting(encoder: Encoder) -> Path:
    """The lens of the evenings that it learned, and weights for what it sees of others by that."""
    lens = learned([evening(name, encoder) for name in LEARNED])
    keep_lens(lens)
    seen = {name: seen_through(lens, evening(name, encoder)) for name in WEIGHED}
    return weighing(seen, encoder, fitted(list(seen.values()), weights()))


def teaching(encoder: Encoder) -> Path:
    """The cross-encoder, and how what it reads is weighed with the rest."""
    from infra.incidents.teaching import teach  # noqa: PLC0415 - torch: only who trains has it

    each = {name: evening(name, encoder)[:2] for name in (*LEARNED, *READ)}
    told = [one for seed in SEEDS for one in pairs(each, Random(seed))]
    teach(told, {name: texts(name) for name in each}, progress)
    seen = {name: evening(name, encoder)[:2] for name in WEIGHED}
    return weighing(seen, encoder, weights())


def weighing(seen: Mapping[str, Evening], encoder: Encoder, scale: Weights) -> Path:
    """These weights, and how what is read of evenings that no model knows counts beside them."""
    found = [(*each, reading(texts(name), encoder)) for name, each in seen.items()]
    return keep(weighed(found, scale))


def texts(name: str) -> dict[str, str]:
    """The messages of an evening."""
    return {line["id"]: line["text"] for line in lines(name)}


def progress(line: str) -> None:
    """One line on stderr."""
    print(line, file=sys.stderr, flush=True)


def seen_through(lens: Lens, told: Meant) -> Evening:
    """The reports with their meanings seen through this lens."""
    reports, truth, meanings = told
    each = zip(reports, meanings, strict=True)
    return [replace(one, meaning=lens.through(meaning)) for one, meaning in each], truth


def evening(name: str, encoder: Encoder) -> Meant:
    """The reports of a recorded evening, the true incident of each, and what each means."""
    told = lines(name)
    meanings: list[str] = []
    classify = classifier("full", encoder)

    def noting(message: Message, context: Context) -> Assessment:
        found = classify(message, context)
        meanings.append(found.meaning)
        return found

    return reports_of(told, noting), {line["id"]: line["incident"] for line in told}, meanings
