"""The encoder's own zip: its files, the code that reads with them, and three libraries.

Wheels are taken for Lambda's x86-64 image. Tests, headers and the like are left out, for Lambda
unpacks at most 250 MB.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from chalicelib.detection import cross_encoder
from chalicelib.detection.encoder import FILES_OF_OURS, TOKENS, WEIGHTS
from infra.encoder.command import FOLDER
from infra.pythons import ROOT, found_python, not_compiled

ZIP = "encoder.zip"
MOST = 250_000_000
"""Bytes that Lambda unpacks (Lambda quotas, "Deployment package size")."""

CODE = (
    "chalicelib/__init__.py",
    "chalicelib/aws/__init__.py",
    "chalicelib/aws/encoder_function.py",
    "chalicelib/detection",
    "chalicelib/domain",
)
PLATFORM = "manylinux_2_28_x86_64"
LEFT_OUT = (
    "tests",
    "test",
    "include",
    "__pycache__",
    "*.pyi",
    "transformers",
    "tools",
    "quantization",
)
QUESTION = {"text": "hij staat beneden ik kan niet bellen", "before": ""}


class NotPacked(Exception):
    """A wheel is missing, something is no Python, or the whole does not fit."""


def pack(out: Path) -> None:
    """``encoder.zip`` in this folder. Raises ``NotPacked``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        install(folder)
        copy(folder)
        if wrong := not_compiled(folder):
            raise NotPacked(wrong)
        total = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        if total > MOST:
            raise NotPacked(f"the encoder's zip unpacks to {total / 1e6:.0f} MB; Lambda takes 250")
        with zipfile.ZipFile(out / ZIP, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    zipped.write(file, file.relative_to(folder))


def install(folder: Path) -> None:
    """The libraries, without what they only optionally need."""
    version = found_python().name.removeprefix("python")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
    command += [str(folder), "--only-binary=:all:", "--platform", PLATFORM]
    command += ["--platform", "manylinux2014_x86_64", "--python-version", version]
    command += ["--implementation", "cp", "--disable-pip-version-check"]
    command += ["-r", str(ROOT / "requirements-encoder.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotPacked(f"a wheel for Lambda is missing: {done.stderr.strip()[-300:]}")
    for pattern in LEFT_OUT:
        for found in list(folder.rglob(pattern)):
            shutil.rmtree(found) if found.is_dir() else found.unlink()


def copy(folder: Path) -> None:
    """Our code, and the encoder's files beside it."""
    for name in CODE:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.changes", "encoder-1.pieces")
            shutil.copytree(source, target, ignore=ignored)
        else:
            shutil.copyfile(source, target)
    for name in (*FILES_OF_OURS, WEIGHTS, TOKENS, cross_encoder.GRAPH, cross_encoder.WEIGHTS):
        shutil.copyfile(FOLDER / name, folder / "chalicelib" / "detection" / "model" / name)


def figures(out: Path) -> dict[str, str]:
    """Sizes, and the function asked once with nothing but its zip, as at a cold start."""
    archive = out / ZIP
    with zipfile.ZipFile(archive) as zipped, tempfile.TemporaryDirectory() as folder:
        unzipped = sum(file.file_size for file in zipped.infolist())
        zipped.extractall(folder)
        first, second, score = asked(found_python(), Path(folder))
    return {
        "encoder zip": f"{archive.stat().st_size / 1e6:.1f} MB",
        "encoder unzipped": f"{unzipped / 1e6:.1f} MB",
        "encoder, first": f"{first:.2f} s, imports and files included",
        "encoder, second": f"{1000 * second:.1f} ms",
        "encoder says": f"emergency {score:+.2f} to {QUESTION['text']!r}",
    }


def asked(python: Path, folder: Path) -> tuple[float, float, float]:
    """Seconds of the first and second answer, and the score for an emergency."""
    code = (
        "import sys, json, time; sys.path.insert(0, '.'); begun = time.perf_counter()\n"
        "from chalicelib.aws.encoder_function import handler\n"
        f"event = {QUESTION!r}; said = handler(event, None); first = time.perf_counter() - begun\n"
        "begun = time.perf_counter(); handler(event, None)\n"
        "scores = said['scores']['emergency']\n"
        "print(json.dumps([first, time.perf_counter() - begun, scores['ja'] - scores['nee']]))"
    )
    command = [str(python), "-B", "-S", "-c", code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    first, second, score = json.loads(done.stdout)
    return first, second, score
