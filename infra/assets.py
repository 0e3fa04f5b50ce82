"""``python -m infra assets``: fetch what browsers get from others, pinned in package-lock.json.

The style sheets of the NL Design System become one file that our pages link to. It is never
committed, and pages work without it, less pretty.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "chalicelib" / "web" / "static" / "vendor"

SHEETS = ("dist/index.min.css", "dist/{name}.css")
"""Where a package of the NL Design System keeps its sheet; the first that exists is taken."""

SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("assets", help="fetch and join the browsers' style sheets")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself. 1 when npm is not there or something was not fetched."""
    del args
    npm = shutil.which("npm")
    if npm is None:
        print("no npm: the pages will look plain", file=sys.stderr)
        return 1
    # Nothing that npm brings may run here: the packages are style sheets and a test tool.
    fetch = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(fetch, cwd=ROOT, check=False)
    return done.returncode or join()


def join() -> int:
    """Write the one sheet. 1 when a package is missing."""
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    missing = [name for name in wanted if sheet_of(name) is None]
    if missing:
        print(f"not fetched, run npm ci: {', '.join(missing)}", file=sys.stderr)
        return 1
    VENDOR.mkdir(parents=True, exist_ok=True)
    joined = "\n".join(part(name, version) for name, version in wanted.items())
    (VENDOR / "nlds.css").write_text(joined + "\n", encoding="utf-8")
    print(f"vendor/nlds.css: {len(wanted)} packages, {len(joined) // 1000} kB")
    return 0


def part(name: str, version: str) -> str:
    """One package's sheet, under a line that says whose it is."""
    sheet = sheet_of(name)
    text = sheet.read_text(encoding="utf-8") if sheet else ""
    return f"/*! {name} {version} EUPL-1.2 */\n{SOURCE_MAP.sub('', text).strip()}"


def sheet_of(package: str) -> Path | None:
    """The package's sheet, or None when it was not fetched."""
    name = package.rpartition("/")[2].removesuffix("-css")
    places = (MODULES / package / place.format(name=name) for place in SHEETS)
    return next((path for path in places if path.is_file()), None)
