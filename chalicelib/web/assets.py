"""Our style sheets, scripts and marks: text files, kept long by browsers under a release's name."""

import hashlib
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

IMPORT = re.compile(r"""(from\s+"\./[\w-]+\.js)(")""")


@cache
def files() -> dict[str, Path]:
    """Every file that may be asked for, by name; ``vendor/`` may be absent."""
    found = [*FOLDER.glob("*"), *FOLDER.glob("vendor/*")]
    return {str(path.relative_to(FOLDER)): path for path in sorted(found) if path.suffix in TYPES}


@cache
def release() -> str:
    """A digest of all files: one change gives every address a new name."""
    whole = hashlib.sha256()
    for name, path in files().items():
        whole.update(name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:12]


def address(name: str) -> str:
    """Where a browser finds it."""
    return f"/static/{name}?v={release()}"


def present(name: str) -> bool:
    """Whether we have it: what npm brings may not have been fetched."""
    return name in files()


@cache
def content(name: str) -> str:
    """The text. A module's imports carry the release too, or a browser would mix two releases."""
    text = files()[name].read_text(encoding="utf-8")
    return IMPORT.sub(rf"\1?v={release()}\2", text) if name.endswith(".js") else text


def media_type(name: str) -> str:
    return TYPES[files()[name].suffix]
