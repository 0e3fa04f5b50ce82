"""``python -m infra package``: the service as a CloudFormation template and a zip, in ``build/``.

Chalice takes wheels for the Lambda image of the Python that runs it, and silently leaves out what
has none (numpy on 3.11). So it runs on Python 3.12 or newer, in an environment of its own, from a
copy of just what is deployed.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from infra.encoder.command import own_encoder
from infra.encoder.packing import NotPacked, pack
from infra.encoder.packing import figures as encoder_figures
from infra.pythons import (
    ROOT,
    NoPython,
    environment,
    found_python,
    not_compiled,
    pin,
    runtime_pins,
)
from infra.template import resources

BUILD = ROOT / "build"
DEPLOYED = ("app.py", "chalicelib", "requirements.txt", ".chalice/config.json")
LEFT_BEHIND = ("__pycache__", "*.pyc", "*.changes", "encoder-1.pieces", "*.onnx")
"""Not deployed: what editors leave, and what only the encoder is made of."""

LEFT_OUT = re.compile(r"Could not install dependencies:.*", re.DOTALL)


class NotPackaged(Exception):
    """Chalice failed, or left something out."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("package", help="make build/sam.json and build/deployment.zip")
    parser.add_argument("--out", type=Path, default=BUILD, help="default build/")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself."""
    try:
        package(args.out)
    except (NoPython, NotPackaged) as error:
        print(error, file=sys.stderr)
        return 2
    for name, value in figures(args.out).items():
        print(f"{name:20} {value}")
    return encoder_zip(args.out)


def encoder_zip(out: Path) -> int:
    """The second zip, if the encoder is here; without it ``Detection`` must not be ``full``."""
    if own_encoder() is None:
        return 0
    try:
        pack(out)
    except NotPacked as error:
        print(error, file=sys.stderr)
        return 2
    for name, value in encoder_figures(out).items():
        print(f"{name:20} {value}")
    return 0


def package(out: Path) -> None:
    """Make the package in this folder. Raises ``NoPython`` or ``NotPackaged``."""
    out.mkdir(parents=True, exist_ok=True)
    chalice = packager(out) / "bin" / "chalice"
    runtime = found_python().name
    (out / "resources.json").write_text(json.dumps(resources(runtime), indent=2))
    merged = ["--merge-template", str(out / "resources.json"), "--stage", "prod"]
    with tempfile.TemporaryDirectory() as copy:
        stage(Path(copy))
        done = subprocess.run(
            [str(chalice), "package", *merged, str(out)],
            cwd=copy,
            env={**os.environ, "AWS_DEFAULT_REGION": "eu-west-1"},
            capture_output=True,
            text=True,
            check=False,
        )
    said = done.stdout + done.stderr
    if done.returncode or LEFT_OUT.search(said):
        raise NotPackaged(said)
    add_bytecode(out / "deployment.zip")


def add_bytecode(archive: Path) -> None:
    """Into the zip that Chalice made. Raises ``NotPackaged``."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(folder)
        if wrong := not_compiled(Path(folder)):
            raise NotPackaged(wrong)
        with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as zipped:
            for path in sorted(Path(folder).rglob("*.pyc")):
                zipped.write(path, path.relative_to(folder))


def packager(out: Path) -> Path:
    """The environment that Chalice runs in; it imports ``app`` to see what there is."""
    return environment(out, "packager", *runtime_pins(), pin("chalice"))


def stage(folder: Path) -> None:
    """Just what is deployed, without what Python and editors leave behind."""
    for name in DEPLOYED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
        else:
            shutil.copyfile(source, target)


def figures(out: Path) -> dict[str, str]:
    """Sizes, and what importing ``app`` from the unpacked zip costs, as at a cold start."""
    archive = out / "deployment.zip"
    with zipfile.ZipFile(archive) as zipped, tempfile.TemporaryDirectory() as folder:
        unzipped = sum(file.file_size for file in zipped.infolist())
        zipped.extractall(folder)
        seconds = cold_import(packager(out) / "bin" / "python", Path(folder))
    return {
        "zip": f"{archive.stat().st_size / 1e6:.1f} MB",
        "unzipped": f"{unzipped / 1e6:.1f} MB",
        "cold import of app": f"{seconds:.2f} s CPU (best of 3)",
    }


def cold_import(python: Path, folder: Path) -> float:
    """CPU seconds of the fastest of three imports, with nothing but the zip's own contents."""
    code = "import time; t = time.process_time(); import app; print(time.process_time() - t)"
    command = [str(python), "-B", "-S", "-c", f"import sys; sys.path.insert(0, '.'); {code}"]
    runs = [
        subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        for _ in range(3)
    ]
    return min(float(one.stdout.split()[-1]) for one in runs)
