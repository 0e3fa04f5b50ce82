"""``python -m infra COMMAND``: everything around the service."""

import argparse
import sys

from infra import (
    ask,
    assets,
    bench,
    converse,
    detect,
    labels,
    package,
    parse,
    redetect,
    replay,
    run,
)
from infra.encoder import command as encoder
from infra.gazetteer import command as gazetteer
from infra.incidents import command as incidents
from infra.local import part
from infra.training import command as train

COMMANDS = (
    run, assets, ask, converse, detect, parse, replay, redetect, labels, bench, package, part,
    encoder, gazetteer, incidents, train,
)  # fmt: skip


def main() -> int:
    """Run the command that was asked for; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m infra", description=__doc__)
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(subparsers)
    args = parser.parse_args()
    return int(args.run(args))


if __name__ == "__main__":
    sys.exit(main())
